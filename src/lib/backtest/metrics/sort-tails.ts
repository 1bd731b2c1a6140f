import { quickselect } from '../../kernel/quickselect.js'

/**
 * A copy in which the lowest and the highest `share` of the values stand in ascending order at their places and the rest between
 * them in any: a tenth of the work of sorting, and enough for every quantile and mean of a tail.
 * @param values in any order; with a NaN among them all are sorted
 */
export function sortTails(values: Float64Array, share: number): Float64Array {
  const n = values.length
  const sorted = values.slice()
  const low = Math.floor((n - 1) * share) + 1
  if (2 * (low + 1) >= n || values.some(Number.isNaN)) return sorted.sort()
  quickselect(sorted, low)
  quickselect(sorted, n - 1 - low, low + 1, n - 1)
  sorted.subarray(0, low).sort()
  sorted.subarray(n - low).sort()
  return sorted
}
