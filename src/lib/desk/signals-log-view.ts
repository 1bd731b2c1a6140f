import type { Table } from '../cli/table.js'
import type { SignalsLogData } from '../documents/signals-log.js'

/** One row an entry. */
export function signalsLogTable({ signals }: SignalsLogData): Table {
  const text = (
    name: 'issuedAt' | 'product' | 'name' | 'family' | 'date' | 'direction' | 'knownOn' | 'reason',
  ): Table['columns'][number] => ({
    name,
    kind: 'text',
    values: signals.map((row) => row[name]),
  })
  const number = (name: 'score' | 'confidence' | 'value', digits: number): Table['columns'][number] => ({
    name,
    kind: 'number',
    digits,
    values: signals.map((row) => row[name]),
  })
  return {
    length: signals.length,
    columns: [
      text('issuedAt'),
      text('date'),
      text('product'),
      text('name'),
      text('family'),
      text('direction'),
      number('score', 2),
      number('confidence', 0),
      number('value', 3),
      text('knownOn'),
      text('reason'),
    ],
  }
}
