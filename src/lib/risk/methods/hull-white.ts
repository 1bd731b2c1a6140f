import { ContangoError } from '../../kernel/errors.js'
import { ewmaVariances } from './ewma.js'
import { sampleTail } from './historical.js'
import type { RiskMethod } from './risk-method.js'

/**
 * Historical simulation with each day's P&L brought to tomorrow's volatility: x_t·σ_{T+1} ÷ σ_t, σ by EWMA from mean(x²).
 * J. Hull, A. White (1998), "Incorporating Volatility Updating into the Historical Simulation Method for VaR".
 */
export const hullWhite: RiskMethod = {
  name: 'hull-white',
  minObservations: 20,
  horizon: 'scaled',
  fit({ pnlUsd }, settings) {
    const n = pnlUsd.length
    const variances = ewmaVariances(pnlUsd, settings.ewmaLambda)
    const next = variances[n]
    const scaled = new Float64Array(n)
    for (let i = 0; i < n; i++) scaled[i] = pnlUsd[i] * Math.sqrt(next / variances[i])
    if (!scaled.every(Number.isFinite)) {
      throw new ContangoError('numeric', 'NO_VARIANCE', 'hull-white: the volatility of some day is zero', undefined, {
        method: 'hull-white',
      })
    }
    scaled.sort()
    return {
      fit: { lambda: settings.ewmaLambda, sigma: Math.sqrt(next) },
      scaling: settings.scaling,
      notes: [],
      at: (confidence) => sampleTail(scaled, settings, confidence),
    }
  },
}
