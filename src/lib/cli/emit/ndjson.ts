import { canonicalJson } from '../../kernel/canonical-json.js'
import type { Table } from '../table.js'
import { cellAt } from './cell.js'

/** One object a row, then `{"ok":true,"rows":n,"type":"end"}`, so that a cut stream is seen. */
export function* ndjsonLines(table: Table): Generator<string> {
  const names = table.columns.map((column) => column.name)
  for (let row = 0; row < table.length; row++) {
    const object: Record<string, unknown> = {}
    for (let c = 0; c < names.length; c++) object[names[c]] = cellAt(table.columns[c], row)
    yield `${canonicalJson(object)}\n`
  }
  yield `{"ok":true,"rows":${table.length},"type":"end"}\n`
}
