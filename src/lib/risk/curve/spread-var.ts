import { mean, sampleSd } from '../../kernel/moments.js'
import { normalTail } from '../methods/normal.js'

export interface SpreadVar {
  /** Σ VaR of each leg alone, USD. */
  readonly legsUsd: number
  /** VaR of the legs together, from their P&L day by day. */
  readonly spreadUsd: number
  /** VaR of the legs together when their correlations are 0: the hedge gone. */
  readonly breakdownUsd: number
}

/**
 * Normal VaR of a spread, one day: −mean + z·sd of the joint P&L of its legs, never of the spread as a price, which may
 * be zero or negative. Breakdown: sd = √Σ sd_i².
 * @param legs P&L of each leg, USD, day by day
 */
export function spreadVar(legs: readonly Float64Array[], confidence: number): SpreadVar {
  const joint = new Float64Array(legs[0].length)
  for (const leg of legs) for (let t = 0; t < joint.length; t++) joint[t] += leg[t]
  const varOf = (meanUsd: number, sdUsd: number): number => normalTail(meanUsd, sdUsd, confidence).varUsd
  const squares = legs.reduce((sum, leg) => sum + sampleSd(leg) ** 2, 0)
  return {
    legsUsd: legs.reduce((sum, leg) => sum + varOf(mean(leg), sampleSd(leg)), 0),
    spreadUsd: varOf(mean(joint), sampleSd(joint)),
    breakdownUsd: varOf(mean(joint), Math.sqrt(squares)),
  }
}
