import { mean, sampleSd } from '../../kernel/moments.js'
import { normalPdf, normalQuantile } from '../../kernel/normal-distribution.js'
import type { RiskMethod, TailRisk } from './risk-method.js'

/** VaR = −mean + z·sd and ES = −mean + sd·φ(z) ÷ (1 − confidence), both in the unit of mean and sd. */
export function normalTail(meanUsd: number, sdUsd: number, confidence: number): { varUsd: number; esUsd: number } {
  const z = normalQuantile(confidence)
  return { varUsd: -meanUsd + z * sdUsd, esUsd: -meanUsd + (sdUsd * normalPdf(z)) / (1 - confidence) }
}

/** Normal P&L: VaR = −mean + z·s, s with divisor n − 1; `zeroMean` drops the mean but not from s. */
export const normal: RiskMethod = {
  name: 'normal',
  minObservations: 2,
  horizon: 'scaled',
  fit({ pnlUsd }, { horizonDays, deviationFactor, scaling, zeroMean }) {
    const fit = { mean: zeroMean ? 0 : mean(pnlUsd), sd: sampleSd(pnlUsd) }
    return {
      fit,
      scaling,
      notes: [],
      at: (confidence): TailRisk => normalTail(horizonDays * fit.mean, deviationFactor * fit.sd, confidence),
    }
  },
}
