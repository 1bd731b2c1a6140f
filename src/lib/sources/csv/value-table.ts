import { isoFromDay } from '../../kernel/day.js'
import type { SourceTable } from './source-table.js'

/** What a cell of a Parquet or NDJSON file may hold. */
export type CellValue = string | number | bigint | boolean | Date | null | undefined

const MS_PER_DAY = 86_400_000

/** Columns of values as a table. @param placeName `row` for Parquet, `line` for NDJSON */
export function valueTable(
  file: string,
  headers: readonly string[],
  columns: readonly ArrayLike<CellValue>[],
  rows: number,
  placeName: 'line' | 'row',
  lines?: Int32Array,
): SourceTable {
  const textOf = (value: CellValue): string => {
    if (value === null || value === undefined) return ''
    if (value instanceof Date) {
      const days = value.getTime() / MS_PER_DAY
      return Number.isInteger(days) ? isoFromDay(days) : value.toISOString()
    }
    return String(value).trim()
  }
  const lineOf = (row: number): number => lines?.[row] ?? row + 1
  return {
    file,
    headers,
    rows,
    text: (column, row) => textOf(columns[column][row]),
    plainNumber(column, row) {
      const value = columns[column][row]
      if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN
      return typeof value === 'bigint' ? Number(value) : Number.NaN
    },
    isBlank(column, row) {
      const value = columns[column][row]
      return value === null || value === undefined || value === '' || Number.isNaN(value)
    },
    isoDay(column, row) {
      const value = columns[column][row]
      if (!(value instanceof Date)) return Number.NaN
      const days = value.getTime() / MS_PER_DAY
      return Number.isInteger(days) ? days : Number.NaN
    },
    isoTimeMs(column, row) {
      const value = columns[column][row]
      return value instanceof Date ? value.getTime() : Number.NaN
    },
    where: (row) => `${placeName} ${lineOf(row)}`,
    lineOf,
  }
}
