import { sampleQuantile } from '../../kernel/sample-quantile.js'
import type { RiskMethod, RiskSettings, TailRisk } from './risk-method.js'
import { meanLossBeyond, tailMeanLoss } from './tail-mean.js'

/** VaR and ES off a sorted sample: minus the quantile, and the mean of the tail by either convention. */
export function sampleTail(ascending: Float64Array, settings: RiskSettings, confidence: number): TailRisk {
  const tail = 1 - confidence
  const { deviationFactor, quantileType, tailMean } = settings
  const value = sampleQuantile(ascending, tail, quantileType)
  return {
    varUsd: -deviationFactor * value + 0,
    esUsd:
      deviationFactor * (tailMean === 'beyond-var' ? meanLossBeyond(ascending, value) : tailMeanLoss(ascending, tail)),
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
