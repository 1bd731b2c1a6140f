import { ContangoError } from './errors.js'

/**
 * Lower factor L with L·Lᵀ = A of a symmetric positive definite matrix, row-major.
 * Only + − × ÷ and √, so that the same bits come out of every engine.
 * @param matrix n × n, row-major; only the lower triangle is read
 * @throws numeric NOT_POSITIVE_DEFINITE where a pivot is not > 0 (a correlation table that contradicts itself)
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j]
      for (let k = 0; k < j; k++) rest -= lower[i * n + k] * lower[j * n + k]
      if (i !== j) {
        lower[i * n + j] = rest / lower[j * n + j]
        continue
      }
      if (!(rest > 0)) {
        throw new ContangoError(
          'numeric',
          'NOT_POSITIVE_DEFINITE',
          `The matrix is not positive definite: pivot ${i + 1} of ${n} is ${rest}`,
          'Lower the correlations that contradict each other',
          { pivot: i + 1, value: rest },
        )
      }
      lower[i * n + i] = Math.sqrt(rest)
    }
  }
  return lower
}
