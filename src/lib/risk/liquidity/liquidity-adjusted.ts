import { mean } from '../../kernel/moments.js'
import { normalTail } from '../methods/normal.js'
import { sampleCovariance } from '../monte-carlo/covariance.js'
import { exogenousCostUsd, type BidAsk } from './bangia.js'
import { jointHoldingDays, liquidationDays, liquidationFactor, meanHoldingDays } from './liquidation.js'

/** All that is held of one contract. */
export interface LiquidContract {
  /** Net. */
  readonly lots: number
  readonly multiplier: number
  readonly bidAsk: BidAsk
  /** Lots a day in the market. */
  readonly dailyLots: number
  /** P&L of one day, USD, on days common to all. */
  readonly pnlUsd: Float64Array
}

export interface LiquidityRequest {
  readonly confidence: number
  readonly zeroMean: boolean
  readonly participation: number
  /** k of a stressed spread: mean + k·sd. */
  readonly spreadDeviations: number
}

export interface LiquidityAdjusted {
  /** −mean + z·sd of one day. */
  readonly varUsd: number
  readonly costUsd: number
  /** VaR + cost: spreads are at their widest when prices fall. */
  readonly liquidityVarUsd: number
  /** VaR of selling out evenly, each contract over its own days. */
  readonly horizonVarUsd: number
  readonly contracts: readonly {
    readonly costUsd: number
    readonly liquidationDays: number
    readonly liquidationFactor: number
  }[]
}

/**
 * Adds to a normal one-day VaR what it costs to trade (Bangia et al. 1999). Beside it stands the VaR of selling out evenly,
 * each contract over its own whole days, the days independent: variance Σ_ab cov_ab·Σ_i h_a(i)·h_b(i), h(i) the share
 * still held on day i. For one contract deviations grow by √((1 + T)(1 + 2T) ÷ (6T)); a hedge that is gone before what it
 * hedged leaves the rest open. Means are earned for (T + 1) ÷ 2 days.
 */
export function liquidityAdjusted(held: readonly LiquidContract[], request: LiquidityRequest): LiquidityAdjusted {
  const { confidence, zeroMean, participation, spreadDeviations } = request
  const contracts = held.map(({ lots, multiplier, bidAsk, dailyLots }) => {
    const days = liquidationDays(lots, dailyLots, participation)
    return {
      costUsd: exogenousCostUsd(lots * multiplier, bidAsk, spreadDeviations),
      liquidationDays: days,
      liquidationFactor: liquidationFactor(days),
    }
  })
  const covariance = sampleCovariance(held.map(({ pnlUsd }) => pnlUsd))
  const means = held.map(({ pnlUsd }) => (zeroMean ? 0 : mean(pnlUsd)))
  const varOf = (days: readonly number[]): number => {
    let meanUsd = 0
    let variance = 0
    days.forEach((a, i) => {
      meanUsd += meanHoldingDays(a) * means[i]
      days.forEach((b, j) => (variance += jointHoldingDays(a, b) * covariance[i * days.length + j]))
    })
    return normalTail(meanUsd, Math.sqrt(Math.max(0, variance)), confidence).varUsd
  }
  const varUsd = varOf(contracts.map(() => 1))
  const costUsd = contracts.reduce((sum, contract) => sum + contract.costUsd, 0)
  return {
    varUsd,
    costUsd,
    liquidityVarUsd: varUsd + costUsd,
    horizonVarUsd: varOf(contracts.map((contract) => contract.liquidationDays)),
    contracts,
  }
}
