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

/**
 * Skewness and excess kurtosis without the bias of a small sample, as spreadsheets and pandas give them:
 * G₁ = g₁·√(n(n − 1)) ÷ (n − 2), G₂ = ((n + 1)·g₂ + 6)·(n − 1) ÷ ((n − 2)(n − 3)). D. Joanes, C. Gill (1998).
 * @returns nulls below three and four values, where the divisors vanish
 */
export function adjustedShape(
  n: number,
  { skewness, excessKurtosis }: Pick<Shape, 'skewness' | 'excessKurtosis'>,
): { readonly skewness: number | null; readonly excessKurtosis: number | null } {
  return {
    skewness: n < 3 ? null : (skewness * Math.sqrt(n * (n - 1))) / (n - 2),
    excessKurtosis: n < 4 ? null : (((n + 1) * excessKurtosis + 6) * (n - 1)) / ((n - 2) * (n - 3)),
  }
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
