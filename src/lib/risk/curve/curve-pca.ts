import { symmetricEigen } from '../../kernel/symmetric-eigen.js'
import { sampleCovariance } from '../monte-carlo/covariance.js'

/** The first three shapes in which a curve moves, by the variance they explain. */
export const CURVE_FACTORS = ['level', 'slope', 'curvature'] as const
export type CurveFactor = (typeof CURVE_FACTORS)[number]

export interface CurvePca {
  /** Of every component, descending; sums to the variance of all tenors. */
  readonly eigenvalues: Float64Array
  /** eigenvalue ÷ sum, fractions. */
  readonly explained: Float64Array
  /** One unit vector over the tenors for each factor; the entry of largest size is positive. */
  readonly loadings: readonly Float64Array[]
}

/**
 * Principal components of daily changes along a curve: eigenvectors of the covariance (divisor n − 1) of the tenors'
 * changes. By their size they are called level, slope and curvature; look at the loadings before believing the name.
 * @param changes one vector per tenor, nearest first, of one length; contract-true, so that no roll jump is a component
 */
export function curvePca(changes: readonly Float64Array[]): CurvePca {
  const n = changes.length
  const { values, vectors } = symmetricEigen(sampleCovariance(changes), n)
  const total = values.reduce((sum, value) => sum + value, 0)
  return {
    eigenvalues: values,
    explained: values.map((value) => value / total),
    loadings: CURVE_FACTORS.slice(0, n).map((_, k) => vectors.slice(k * n, (k + 1) * n)),
  }
}

/**
 * What a move of one standard deviation along a factor is worth: Σ delta_i × loading_i × √eigenvalue, USD.
 * @param usdPerPoint USD per 1.00 of price at each tenor
 */
export function factorExposureUsd(pca: CurvePca, factor: number, usdPerPoint: ArrayLike<number>): number {
  const loading = pca.loadings[factor]
  let exposure = 0
  for (let i = 0; i < loading.length; i++) exposure += usdPerPoint[i] * loading[i]
  return exposure * Math.sqrt(Math.max(0, pca.eigenvalues[factor]))
}
