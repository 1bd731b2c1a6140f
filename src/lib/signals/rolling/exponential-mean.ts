/**
 * e ← e + 2 / (period + 1) · (x − e), seeded with the mean of the first `period` values from `from` on; the first value
 * stands at `from + period − 1`. `out` may be `values`.
 */
export function exponentialMean(values: Float64Array, period: number, out: Float64Array, from = 0): void {
  const first = from + period - 1
  const weight = 2 / (period + 1)
  let sum = 0
  for (let i = from; i <= first; i++) sum += values[i]
  let level = sum / period
  out[first] = level
  for (let i = first + 1; i < values.length; i++) {
    level += weight * (values[i] - level)
    out[i] = level
  }
}
