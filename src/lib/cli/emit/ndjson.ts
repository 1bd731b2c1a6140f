import { canonicalJson } from '../../kernel/canonical-json.js'
import type { Table } from '../table.js'
import { cellAt } from './cell.js'

/** One object a row. */
export function* ndjsonRows(table: Table): Generator<string> {
  const names = table.columns.map((column) => column.name)
  for (let row = 0; row < table.length; row++) {
    const object: Record<string, unknown> = {}
    for (let c = 0; c < names.length; c++) object[names[c]] = cellAt(table.columns[c], row)
    yield `${canonicalJson(object)}\n`
  }
}

/** The last line, so that a cut stream is seen. */
export function ndjsonEnd(rows: number, how: { ok: boolean; code?: string; stopped?: string } = { ok: true }): string {
  return `${canonicalJson({ ...how, rows, type: 'end' })}\n`
}

/** One object a row, then `{"ok":true,"rows":n,"type":"end"}`. */
export function* ndjsonLines(table: Table): Generator<string> {
  yield* ndjsonRows(table)
  yield ndjsonEnd(table.length)
}
