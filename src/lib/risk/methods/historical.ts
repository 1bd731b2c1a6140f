import { sampleQuantile } from '../../kernel/sample-quantile.js'
import type { RiskMethod, RiskSettings, TailRisk } from './risk-method.js'
import { tailMeanLoss } from './tail-mean.js'

/** VaR and ES off a sorted sample: minus the quantile, and the Acerbi–Tasche mean of the tail. */
export function sampleTail(ascending: Float64Array, settings: RiskSettings, confidence: number): TailRisk {
  const tail = 1 - confidence
  const { deviationFactor, quantileType } = settings
  return {
    varUsd: -deviationFactor * sampleQuantile(ascending, tail, quantileType) + 0,
    esUsd: deviationFactor * tailMeanLoss(ascending, tail),
  }
}

/** Historical simulation: every past day weighs the same. */
export const historical: RiskMethod = {
  name: 'historical',
  minObservations: 20,
  horizon: 'scaled',
  fit({ pnlUsd }, settings) {
    const ascending = pnlUsd.slice().sort()
    return {
      fit: { worstUsd: ascending[0], bestUsd: ascending[ascending.length - 1] },
      scaling: settings.scaling,
      notes: [],
      at: (confidence) => sampleTail(ascending, settings, confidence),
    }
  },
}
