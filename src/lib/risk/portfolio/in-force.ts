import type { EpochDay } from '../../kernel/day.js'

/** The last of dated rows that begins on or before `day`; null before the first. */
export function inForce<Row extends { readonly from: EpochDay }>(ascending: readonly Row[], day: EpochDay): Row | null {
  return ascending.findLast(({ from }) => from <= day) ?? null
}
