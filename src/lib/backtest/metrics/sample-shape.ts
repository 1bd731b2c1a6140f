import { shapeOf } from '../../kernel/shape.js'

export interface SampleShape {
  /** g1 = m3 ÷ m2^1.5, population moments. */
  readonly skew: number
  /** g2 + 3 = m4 ÷ m2². */
  readonly kurtosis: number
  /** G1 = g1 √(n(n − 1)) ÷ (n − 2); NaN below three values. */
  readonly skewUnbiased: number
  /** G2 = (n − 1)((n + 1) g2 + 6) ÷ ((n − 2)(n − 3)); NaN below four values. */
  readonly kurtosisExcessUnbiased: number
}

/** Joanes and Gill (1998), "Comparing measures of sample skewness and kurtosis". NaN where the sample does not vary. */
export function sampleShape(values: Float64Array): SampleShape {
  const n = values.length
  const { skewness: skew, excessKurtosis } = shapeOf(values)
  return {
    skew,
    kurtosis: excessKurtosis + 3,
    skewUnbiased: n > 2 ? (skew * Math.sqrt(n * (n - 1))) / (n - 2) : Number.NaN,
    kurtosisExcessUnbiased: n > 3 ? ((n - 1) * ((n + 1) * excessKurtosis + 6)) / ((n - 2) * (n - 3)) : Number.NaN,
  }
}
