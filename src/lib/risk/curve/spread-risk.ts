import { mean, sampleSd } from '../../kernel/moments.js'
import { RISK_DEFAULTS, type TailRisk } from '../methods/risk-method.js'
import { normalTail } from '../methods/normal.js'
import { sampleTail } from '../methods/historical.js'
import { sampleCovariance } from '../monte-carlo/covariance.js'
import { brokenCovariance, deviationLoss, type Side } from '../stress/broken-covariance.js'

export interface SpreadLegRisk {
  readonly meanUsd: number
  readonly sdUsd: number
  /** Of the leg alone. */
  readonly varUsd: number
}

/** VaR of a spread held as legs, one day. */
export interface SpreadRisk {
  readonly legs: readonly SpreadLegRisk[]
  readonly sdUsd: number
  /** −mean + z·sd of the legs' P&L together. */
  readonly varUsd: number
  readonly esUsd: number
  /** The same sample without a distribution, quantile type 7. */
  readonly historical: Pick<TailRisk, 'varUsd' | 'esUsd'>
  /** Σ of the legs' own VaR: what there is without a hedge. */
  readonly undiversifiedUsd: number
  /** −mean + z·√Σ with every correlation between the prices of different contracts at zero. */
  readonly brokenVarUsd: number
}

/**
 * VaR of a spread from what its legs gained together on each day: price changes of the contracts, never per cents of a
 * spread, which may be zero or negative.
 * @param pnlUsd one vector per leg, on common days
 */
export function spreadRisk(
  legs: readonly Side[],
  pnlUsd: readonly Float64Array[],
  confidence: number,
  zeroMean: boolean,
): SpreadRisk {
  const n = legs.length
  const meanOf = (values: Float64Array): number => (zeroMean ? 0 : mean(values))
  const together = new Float64Array(pnlUsd[0].length)
  for (const column of pnlUsd) column.forEach((value, t) => (together[t] += value))
  const rows = pnlUsd.map((column) => {
    const [meanUsd, sdUsd] = [meanOf(column), sampleSd(column)]
    return { meanUsd, sdUsd, varUsd: normalTail(meanUsd, sdUsd, confidence).varUsd }
  })
  const [meanUsd, sdUsd] = [meanOf(together), sampleSd(together)]
  const broken = brokenCovariance(sampleCovariance(pnlUsd), legs, { multiplier: 1, correlation: 0 })
  const z = normalTail(0, 1, confidence).varUsd
  return {
    legs: rows,
    sdUsd,
    ...normalTail(meanUsd, sdUsd, confidence),
    historical: sampleTail(together.slice().sort(), RISK_DEFAULTS, confidence),
    undiversifiedUsd: rows.reduce((sum, { varUsd }) => sum + varUsd, 0),
    brokenVarUsd: -meanUsd + deviationLoss(broken, n, z).lossUsd,
  }
}
