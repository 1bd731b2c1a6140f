/** Moments with divisor n. */
export interface Shape {
  readonly mean: number
  /** √m₂ */
  readonly sdPopulation: number
  /** m₃ ÷ m₂^1.5 */
  readonly skewness: number
  /** m₄ ÷ m₂² − 3 */
  readonly excessKurtosis: number
}

/** Mean, spread, skewness and excess kurtosis of a sample, divisor n throughout; NaN where it does not vary. */
export function shapeOf(values: ArrayLike<number>): Shape {
  const n = values.length
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i]
  const mean = sum / n
  let m2 = 0
  let m3 = 0
  let m4 = 0
  for (let i = 0; i < n; i++) {
    const d = values[i] - mean
    const square = d * d
    m2 += square
    m3 += square * d
    m4 += square * square
  }
  m2 /= n
  m3 /= n
  m4 /= n
  return { mean, sdPopulation: Math.sqrt(m2), skewness: m3 / m2 ** 1.5, excessKurtosis: m4 / (m2 * m2) - 3 }
}
