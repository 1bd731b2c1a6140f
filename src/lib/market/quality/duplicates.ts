import type { QualityReason } from '../quality.js'

/**
 * Of rows that stand for the same thing one stays if all say the same, and none if they disagree: nobody can tell which one
 * is right.
 * @param stays 1 while a row stays; rows that are gone already take no part
 */
export function dropDuplicates(
  stays: Uint8Array,
  sameKey: (row: number, other: number) => boolean,
  sameValues: (row: number, other: number) => boolean,
  drop: (row: number, reason: QualityReason) => void,
): void {
  for (let start = 0; start < stays.length;) {
    let end = start + 1
    while (end < stays.length && sameKey(start, end)) end++
    if (end - start > 1) {
      const rows = Array.from({ length: end - start }, (_, i) => start + i).filter((row) => stays[row] === 1)
      const agree = rows.every((row) => sameValues(row, rows[0]))
      for (const row of agree ? rows.slice(1) : rows) drop(row, agree ? 'duplicate' : 'conflicting-duplicate')
    }
    start = end
  }
}
