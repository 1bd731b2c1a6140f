import type { RiskMethod, TailRisk } from './risk-method.js'

/**
 * Historical simulation in which a day i days old weighs λ^i(1 − λ) ÷ (1 − λⁿ). VaR is the first sorted loss at which the
 * weights reach 1 − confidence, or lies between it and the one before it, by weight. J. Boudoukh, M. Richardson, R. Whitelaw (1998), "The Best of Both Worlds".
 */
export const ageWeighted: RiskMethod = {
  name: 'age-weighted',
  minObservations: 20,
  horizon: 'scaled',
  fit({ pnlUsd }, { deviationFactor, scaling, ageDecay, ageInterpolation }) {
    const n = pnlUsd.length
    const order = sortedOrder(pnlUsd)
    const ascending = Float64Array.from(order, (i) => pnlUsd[i])
    const newest = (1 - ageDecay) / (1 - ageDecay ** n)
    const weights = Float64Array.from(order, (i) => newest * ageDecay ** (n - 1 - i))
    let squares = 0
    for (const weight of weights) squares += weight * weight
    return {
      fit: { decay: ageDecay, effectiveObservations: 1 / squares },
      scaling,
      notes: [],
      at(confidence): TailRisk {
        const tail = 1 - confidence
        let weight = 0
        let sum = 0
        for (let i = 0; i < n; i++) {
          if (weight + weights[i] >= tail || i === n - 1) {
            const back = ageInterpolation === 'linear' && i > 0 ? Math.max(0, 1 - (tail - weight) / weights[i]) : 0
            const value = back > 0 ? ascending[i] - back * (ascending[i] - ascending[i - 1]) : ascending[i]
            return {
              varUsd: -deviationFactor * value + 0,
              esUsd: (-deviationFactor * (sum + (tail - weight) * ascending[i])) / tail,
            }
          }
          weight += weights[i]
          sum += weights[i] * ascending[i]
        }
        return { varUsd: Number.NaN, esUsd: null }
      },
    }
  },
}

function sortedOrder(values: Float64Array): Uint32Array {
  return Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b])
}
