import type { EpochDay } from '../kernel/day.js'
import { lowerBound } from '../kernel/lower-bound.js'
import type { LakeColumn } from './layout.js'

type Values = Int32Array | Float64Array

/** Row numbers [start, end) whose day lies in [from, to]; days ascend. */
export function dayRange(days: Int32Array, from: EpochDay, to: EpochDay): { start: number; end: number } {
  return { start: lowerBound(days, from), end: lowerBound(days, to === Infinity ? Infinity : to + 1) }
}

export function sliceColumns(columns: readonly LakeColumn[], start: number, end: number): LakeColumn[] {
  return columns.map((column) => ({ ...column, values: column.values.slice(start, end) }))
}

/** The rows that `keep` marks, in order. */
export function pickRows(columns: readonly LakeColumn[], keep: (row: number) => boolean): LakeColumn[] {
  const length = columns[0]?.values.length ?? 0
  const rows = new Int32Array(length)
  let count = 0
  for (let row = 0; row < length; row++) if (keep(row)) rows[count++] = row
  if (count === length) return [...columns]
  return columns.map((column) => {
    const values: Values = column.type === 'double' ? new Float64Array(count) : new Int32Array(count)
    for (let i = 0; i < count; i++) values[i] = column.values[rows[i]]
    return { ...column, values }
  })
}
