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

/** The rows of files with the same columns, one after another; of one file its own columns. */
export function joinRows(slices: readonly (readonly LakeColumn[])[]): LakeColumn[] {
  const [first] = slices
  if (slices.length === 1) return [...first]
  const rows = slices.reduce((sum, columns) => sum + columns[0].values.length, 0)
  return first.map((column, i): LakeColumn => {
    const values: Values = column.values instanceof Float64Array ? new Float64Array(rows) : new Int32Array(rows)
    let at = 0
    for (const slice of slices) {
      values.set(slice[i].values, at)
      at += slice[i].values.length
    }
    return { ...column, values }
  })
}

/** The rows that `keep` marks, in order. */
export function pickRows(columns: readonly LakeColumn[], keep: (row: number) => boolean): LakeColumn[] {
  const length = columns[0]?.values.length ?? 0
  const rows = new Int32Array(length)
  let count = 0
  for (let row = 0; row < length; row++) if (keep(row)) rows[count++] = row
  if (count === length) return [...columns]
  return columns.map((column) => {
    const values: Values = column.values instanceof Float64Array ? new Float64Array(count) : new Int32Array(count)
    for (let i = 0; i < count; i++) values[i] = column.values[rows[i]]
    return { ...column, values }
  })
}
