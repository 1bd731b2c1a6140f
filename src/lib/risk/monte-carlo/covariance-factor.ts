import { cholesky } from '../../kernel/cholesky.js'
import { ContangoError } from '../../kernel/errors.js'
import { symmetricEigen } from '../../kernel/symmetric-eigen.js'

export interface CovarianceFactor {
  /** n × n row-major, F·Fᵀ = covariance. */
  readonly factor: Float64Array
  /** Entries above the diagonal are zero. */
  readonly triangular: boolean
  /** How the factor came about: eigenvalues below zero by more than rounding were set to zero, or only by rounding. */
  readonly how: 'cholesky' | 'singular' | 'nearest-psd'
}

/** Below this share of the largest eigenvalue, a negative one is rounding. */
const ROUNDING = 1e-10

/**
 * A factor of a covariance: Cholesky's where the matrix is positive definite; else V·√max(Λ, 0), which stands for the
 * nearest positive semidefinite matrix (N. J. Higham, 1988). Two positions that move as one give the second.
 */
export function covarianceFactor(covariance: Float64Array, n: number): CovarianceFactor {
  try {
    return { factor: cholesky(covariance, n), triangular: true, how: 'cholesky' }
  } catch (error) {
    if (!(error instanceof ContangoError) || error.code !== 'NOT_POSITIVE_DEFINITE') throw error
  }
  const { values, vectors } = symmetricEigen(covariance, n)
  if (!(values[0] > 0)) {
    throw new ContangoError(
      'numeric',
      'COVARIANCE_ZERO',
      'no position has any variance in this window',
      'check the prices of the window: they do not move',
    )
  }
  const factor = new Float64Array(n * n)
  for (let k = 0; k < n; k++) {
    const size = Math.sqrt(Math.max(0, values[k]))
    for (let i = 0; i < n; i++) factor[i * n + k] = vectors[k * n + i] * size
  }
  return { factor, triangular: false, how: values[n - 1] < -ROUNDING * values[0] ? 'nearest-psd' : 'singular' }
}
