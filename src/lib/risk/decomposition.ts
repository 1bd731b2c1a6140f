import { ContangoError } from '../kernel/errors.js'
import { mean, sampleSd } from '../kernel/moments.js'
import { normalTail } from './methods/normal.js'
import type { RiskSettings } from './methods/risk-method.js'
import { totalPnl, type PnlMatrix } from './pnl-matrix.js'

export interface RiskComponent {
  readonly position: string
  readonly exposureUsd: number
  /** VaR that one more USD of signed exposure adds; null where the exposure is zero. */
  readonly marginal: number | null
  /** Share of the VaR; all of them add up to it. */
  readonly componentUsd: number
  /** VaR − VaR without the position: negative for a hedge. */
  readonly incrementalUsd: number
  /** VaR of the position alone. */
  readonly standaloneUsd: number
  /** Mean loss of the position on the days of the historical tail; they add up to the historical ES. */
  readonly tailLossUsd: number
}

export interface Decomposition {
  readonly confidence: number
  readonly varUsd: number
  /** Σ of the positions' own VaR. */
  readonly undiversifiedUsd: number
  readonly diversificationUsd: number
  readonly components: readonly RiskComponent[]
}

/**
 * Normal VaR taken apart by Euler's rule. With s the P&L's standard deviation,
 * component_i = −mean_i + z·cov(x_i, x)/s; they add up to −mean + z·s.
 */
export function decompose(
  matrix: PnlMatrix,
  confidence: number,
  { horizonDays, deviationFactor, zeroMean }: Pick<RiskSettings, 'horizonDays' | 'deviationFactor' | 'zeroMean'>,
): Decomposition {
  const total = totalPnl(matrix)
  const n = total.length
  const sd = sampleSd(total)
  if (!(sd > 0)) {
    throw new ContangoError(
      'numeric',
      'NO_VARIANCE',
      'the P&L of all positions together never moves, so that there is no VaR to take apart',
      'a perfect hedge, or prices that stand still: look at the positions',
    )
  }
  const centre = mean(total)
  const tailOf = (meanUsd: number, sdUsd: number): number =>
    normalTail(zeroMean ? 0 : horizonDays * meanUsd, deviationFactor * sdUsd, confidence).varUsd
  const varUsd = tailOf(centre, sd)
  const z = normalTail(0, 1, confidence).varUsd
  const weights = tailWeights(total, 1 - confidence)
  const components = matrix.positions.map((position, j): RiskComponent => {
    const pnl = matrix.pnlUsd[j]
    const own = mean(pnl)
    let covariance = 0
    for (let i = 0; i < n; i++) covariance += (pnl[i] - own) * (total[i] - centre)
    covariance /= n - 1
    const ownSd = sampleSd(pnl)
    const componentUsd = (zeroMean ? 0 : -horizonDays * own) + (deviationFactor * z * covariance) / sd
    const restVariance = Math.max(0, sd * sd - 2 * covariance + ownSd * ownSd)
    const exposureUsd = matrix.exposureUsd[j]
    let tailLossUsd = 0
    for (const [i, weight] of weights) tailLossUsd -= weight * pnl[i]
    return {
      position,
      exposureUsd,
      marginal: exposureUsd === 0 ? null : componentUsd / exposureUsd,
      componentUsd,
      incrementalUsd: varUsd - (matrix.positions.length === 1 ? 0 : tailOf(centre - own, Math.sqrt(restVariance))),
      standaloneUsd: tailOf(own, ownSd),
      tailLossUsd: deviationFactor * tailLossUsd,
    }
  })
  let undiversifiedUsd = 0
  for (const { standaloneUsd } of components) undiversifiedUsd += standaloneUsd
  return { confidence, varUsd, undiversifiedUsd, diversificationUsd: undiversifiedUsd - varUsd, components }
}

/** The days of the worst p of all, each with its weight in the Acerbi–Tasche mean. */
function tailWeights(total: Float64Array, tail: number): [day: number, weight: number][] {
  const wanted = total.length * tail
  const order = Uint32Array.from(total, (_, i) => i).sort((a, b) => total[a] - total[b])
  return Array.from(order.subarray(0, Math.ceil(wanted)), (day, i) => [day, Math.min(1, wanted - i) / wanted])
}
