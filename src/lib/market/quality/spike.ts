import { quantile } from '../../kernel/quantile.js'

/** How many robust standard deviations make a move worth a second look. */
export const SPIKE_DEVIATIONS = 10

/** A normal variable's standard deviation is this many median absolute deviations. */
const SD_PER_MAD = 1.4826

/** Robust standard deviation of changes about zero, 1.4826 × median |change|; NaN without changes. */
export function robustDeviation(changes: Float64Array): number {
  const all = new Float64Array(changes.length)
  let n = 0
  for (const change of changes) if (Number.isFinite(change) && change !== 0) all[n++] = Math.abs(change)
  const sizes = all.subarray(0, n).sort()
  return sizes.length === 0 ? Number.NaN : SD_PER_MAD * quantile(sizes, 0.5)
}

/** Did the move of one day come back the next: opposite sign, and at most a third of it left? */
export function reverts(change: number, next: number): boolean {
  return change * next < 0 && Math.abs(change + next) <= Math.min(Math.abs(change), Math.abs(next)) / 3
}
