import type { Table } from '../table.js'
import { cellAt } from './cell.js'

const NEEDS_QUOTES = /[",\r\n]/

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** RFC 4180 with a header line and LF; a missing value is an empty field. */
export function* csvLines(table: Table): Generator<string> {
  yield `${table.columns.map((column) => quoted(column.name)).join(',')}\n`
  for (let row = 0; row < table.length; row++) {
    yield `${table.columns.map((column) => quoted(String(cellAt(column, row) ?? ''))).join(',')}\n`
  }
}
