/** Arithmetic mean; NaN for no values or where any is NaN. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/**
 * Sample standard deviation, ddof 1: √(Σ(x − mean)² ÷ (n − 1)), in two passes so that prices far from zero lose
 * nothing. NaN for fewer than two values or where any is NaN.
 */
export function sampleSd(values: ArrayLike<number>): number {
  const n = values.length
  if (n < 2) return Number.NaN
  const centre = mean(values)
  let squares = 0
  for (let i = 0; i < n; i++) squares += (values[i] - centre) ** 2
  return Math.sqrt(squares / (n - 1))
}

/**
 * (value − mean) ÷ sd of `sample`, ddof 1.
 * @returns NaN where the sample has fewer than two values or does not vary: distance has no scale there
 */
export function zScore(value: number, sample: ArrayLike<number>): number {
  const sd = sampleSd(sample)
  return sd > 0 ? (value - mean(sample)) / sd : Number.NaN
}
