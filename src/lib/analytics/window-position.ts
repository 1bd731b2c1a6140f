import { mean, sampleSd, zScore } from '../kernel/moments.js'
import { midRankPercentile } from '../kernel/mid-rank-percentile.js'

/** Where the last value of a window stands in it. */
export interface WindowPosition {
  readonly mean: number
  /** ddof 1 */
  readonly sd: number
  /** (last − mean) ÷ sd; NaN where the window does not vary. */
  readonly zScore: number
  /** Mid-rank, 0–100. */
  readonly percentile: number
  readonly low: number
  readonly high: number
}

/**
 * Position of the last of `values` among the last `window` of them, itself included.
 * @returns null with fewer than `window` values: a z-score over less is another number
 */
export function windowPosition(values: Float64Array, window: number): WindowPosition | null {
  if (values.length < window || window < 2) return null
  const sample = values.subarray(values.length - window)
  const last = sample[window - 1]
  return {
    mean: mean(sample),
    sd: sampleSd(sample),
    zScore: zScore(last, sample),
    percentile: midRankPercentile(last, sample),
    low: sample.reduce((a, b) => Math.min(a, b)),
    high: sample.reduce((a, b) => Math.max(a, b)),
  }
}
