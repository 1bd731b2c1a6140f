import { canonicalJson } from '../../kernel/canonical-json.js'
import type { Table } from '../table.js'
import { cellAt } from './cell.js'

/** One object a row. */
export function* ndjsonRows(table: Table): Generator<string> {
  // Once, and not a row: thousands of rows a second must not fill the heap with keys. Cells are canonical as they are.
  const columns = [...table.columns].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (let row = 0; row < table.length; row++) {
    const object: Record<string, unknown> = {}
    for (const column of columns) object[column.name] = cellAt(column, row)
    yield `${JSON.stringify(object)}\n`
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
