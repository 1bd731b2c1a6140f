import { acerbiSzekely, type ShortfallTests } from './acerbi-szekely.js'
import { conditionalCoverage, independence } from './christoffersen.js'
import { dynamicQuantile } from './dynamic-quantile.js'
import { kupiec } from './kupiec.js'
import type { LikelihoodRatio } from './likelihood-ratio.js'
import { quantileLoss } from './quantile-loss.js'
import { trafficLight, type TrafficLight } from './traffic-light.js'

export interface BacktestStatistics {
  readonly observations: number
  readonly exceptions: number
  readonly expectedExceptions: number
  readonly kupiec: LikelihoodRatio
  readonly independence: LikelihoodRatio
  readonly conditionalCoverage: LikelihoodRatio
  readonly dynamicQuantile: LikelihoodRatio | null
  readonly trafficLight: TrafficLight
  readonly acerbiSzekely: ShortfallTests | null
  readonly quantileLossUsd: number
  /** True on the days whose loss was strictly above VaR. */
  readonly hits: readonly boolean[]
}

/** Every test of one method at one confidence; all three vectors are of the same days, in order, without gaps. */
export function backtestStatistics(
  pnlUsd: Float64Array,
  varUsd: Float64Array,
  esUsd: Float64Array,
  confidence: number,
): BacktestStatistics {
  const tail = 1 - confidence
  const hits = Array.from(pnlUsd, (pnl, i) => -pnl > varUsd[i])
  const exceptions = hits.filter(Boolean).length
  const coverage = kupiec(hits.length, exceptions, tail)
  const independent = independence(hits)
  return {
    observations: hits.length,
    exceptions,
    expectedExceptions: hits.length * tail,
    kupiec: coverage,
    independence: independent,
    conditionalCoverage: conditionalCoverage(coverage, independent),
    dynamicQuantile: dynamicQuantile(hits, varUsd, tail),
    trafficLight: trafficLight(hits, confidence),
    acerbiSzekely: acerbiSzekely(pnlUsd, varUsd, esUsd, tail),
    quantileLossUsd: quantileLoss(pnlUsd, varUsd, tail),
    hits,
  }
}
