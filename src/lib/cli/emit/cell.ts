import { canonicalNumber } from '../../kernel/canonical-json.js'
import { isoFromDay } from '../../kernel/day.js'
import type { Column } from '../table.js'

export type Cell = string | number | boolean | null

/** The machine value of a cell: ISO dates, canonical numbers, null for whatever is missing. */
export function cellAt(column: Column, row: number): Cell {
  const value = column.values[row]
  if (value === null || value === undefined) return null
  if (typeof value === 'number') {
    if (column.kind === 'date') return isoFromDay(value)
    return canonicalNumber(value)
  }
  return value
}
