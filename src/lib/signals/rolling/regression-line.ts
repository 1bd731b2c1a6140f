import { weightedSums } from './weighted-sums.js'

/** The least-squares line through each window of `period` values: slope a bar, and its height at the middle (the mean). */
export function regressionLine(
  values: Float64Array,
  period: number,
  each: (at: number, slope: number, middle: number) => void,
): void {
  const half = (period - 1) / 2
  const spread = (period * (period * period - 1)) / 12
  weightedSums(values, period, (at, sum, weighted, anchor) => {
    each(at, (weighted - half * sum) / spread, anchor + sum / period)
  })
}
