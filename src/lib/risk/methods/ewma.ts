import { normalTail } from './normal.js'
import type { RiskMethod } from './risk-method.js'

/**
 * Exponentially weighted variance around zero: h_{t+1} = λh_t + (1 − λ)x_t², from h_1 = mean(x²).
 * @returns h of each day given the days before it, and at index n the forecast for the next
 */
export function ewmaVariances(values: Float64Array, lambda: number): Float64Array {
  const n = values.length
  const variances = new Float64Array(n + 1)
  let start = 0
  for (let i = 0; i < n; i++) start += values[i] * values[i]
  variances[0] = start / n
  for (let i = 0; i < n; i++) variances[i + 1] = lambda * variances[i] + (1 - lambda) * values[i] * values[i]
  return variances
}

/** RiskMetrics: normal with the EWMA variance of tomorrow and no mean. */
export const ewma: RiskMethod = {
  name: 'ewma',
  minObservations: 20,
  horizon: 'scaled',
  fit({ pnlUsd }, { deviationFactor, scaling, ewmaLambda }) {
    const sigma = Math.sqrt(ewmaVariances(pnlUsd, ewmaLambda)[pnlUsd.length])
    return {
      fit: { lambda: ewmaLambda, sigma },
      scaling,
      notes: [],
      at: (confidence) => normalTail(0, deviationFactor * sigma, confidence),
    }
  },
}
