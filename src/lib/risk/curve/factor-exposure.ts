import type { PrincipalComponent } from './principal-components.js'

export interface FactorExposures {
  /** P&L of a rise of each component by one standard deviation, USD, in their order. */
  readonly usdPerSd: Float64Array
  /** Standard deviation of one day over all components: √Σ usdPerSd², USD. */
  readonly totalSdUsd: number
}

/**
 * What a book gains when a component rises by one standard deviation: Σ_k USD per unit of change at tenor k × the tenor's
 * move. Components are uncorrelated over their sample, so the squares add up to the variance of the positions' P&L.
 * @param usdPerUnit USD that one unit of change at each tenor earns, signed: price points under `diff`, 1.00 of log return
 */
export function factorExposures(
  components: readonly PrincipalComponent[],
  usdPerUnit: ArrayLike<number>,
): FactorExposures {
  const usdPerSd = Float64Array.from(components, ({ moveOfOneSd }) =>
    moveOfOneSd.reduce((sum, move, k) => sum + move * usdPerUnit[k], 0),
  )
  return { usdPerSd, totalSdUsd: Math.sqrt(usdPerSd.reduce((sum, usd) => sum + usd * usd, 0)) }
}
