import { mean } from '../../kernel/moments.js'

/** Pearson's correlation of two columns of one length; NaN where one of them does not vary. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const centreA = mean(a)
  const centreB = mean(b)
  let product = 0
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < a.length; i++) {
    const x = a[i] - centreA
    const y = b[i] - centreB
    product += x * y
    squaresA += x * x
    squaresB += y * y
  }
  return squaresA > 0 && squaresB > 0 ? product / Math.sqrt(squaresA * squaresB) : Number.NaN
}
