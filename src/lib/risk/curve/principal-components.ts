import { symmetricEigen } from '../../kernel/symmetric-eigen.js'
import { mean, sampleSd } from '../../kernel/moments.js'
import { sampleCovariance } from '../monte-carlo/covariance.js'

/** What the components explain: the moves as they are, or each tenor's in its own deviations. */
export const COMPONENT_BASES = ['covariance', 'correlation'] as const
export type ComponentBasis = (typeof COMPONENT_BASES)[number]

export interface PrincipalComponent {
  /** Variance of its scores. */
  readonly eigenvalue: number
  /** Share of the whole variance, 0 to 1. */
  readonly explained: number
  /** Unit vector over the tenors; its entry of largest size is positive. */
  readonly loadings: Float64Array
  /**
   * What each tenor moves, in the unit of the changes, when the component moves by one standard deviation:
   * √eigenvalue × loading, times the tenor's own deviation under `correlation`.
   */
  readonly moveOfOneSd: Float64Array
  /** One a day, centred: Σ loading × (change − mean), the change over its deviation under `correlation`. */
  readonly scores: Float64Array
}

/**
 * Principal components of the changes along a curve, greatest variance first; covariances have divisor n − 1. The same
 * signs come out on every machine: a component points to where its largest loading is positive.
 * @param columns one vector of changes per tenor, equally long
 */
export function principalComponents(columns: readonly Float64Array[], basis: ComponentBasis): PrincipalComponent[] {
  const tenors = columns.length
  const deviations = columns.map((column) => (basis === 'correlation' ? sampleSd(column) : 1))
  const centred = columns.map((column, k) => {
    const centre = mean(column)
    return column.map((value) => (value - centre) / deviations[k])
  })
  const { values, vectors } = symmetricEigen(sampleCovariance(centred), tenors)
  const total = values.reduce((sum, value) => sum + value, 0)
  return Array.from(values, (eigenvalue, j) => {
    const loadings = vectors.slice(j * tenors, (j + 1) * tenors)
    const sd = Math.sqrt(Math.max(0, eigenvalue))
    const scores = new Float64Array(columns[0]?.length ?? 0)
    centred.forEach((column, k) => column.forEach((value, t) => (scores[t] += loadings[k] * value)))
    return {
      eigenvalue,
      explained: eigenvalue / total,
      loadings,
      moveOfOneSd: loadings.map((loading, k) => sd * loading * deviations[k]),
      scores,
    }
  })
}

/**
 * How often the loadings change sign along the curve: 0 moves all tenors one way (level), 1 turns it (slope), 2 bends it
 * (curvature). Loadings of exactly zero take no side.
 */
export function signChanges(loadings: ArrayLike<number>): number {
  let changes = 0
  let side = 0
  for (let k = 0; k < loadings.length; k++) {
    const here = Math.sign(loadings[k])
    if (here !== 0 && side !== 0 && here !== side) changes++
    if (here !== 0) side = here
  }
  return changes
}
