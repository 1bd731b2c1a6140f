import { mean, sampleSd } from '../../kernel/moments.js'
import { normalTail } from '../methods/normal.js'
import { exogenousCostUsd, type BidAsk } from './bangia.js'
import { liquidationDays, liquidationFactor, meanHoldingDays } from './liquidation.js'

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
 * Adds to a normal one-day VaR what it costs to trade (Bangia et al. 1999), and beside it scales each contract's P&L to the
 * days that it takes to sell out: deviations × √((1 + T)(1 + 2T) ÷ (6T)), means × (T + 1) ÷ 2. A hedge that goes more slowly
 * than what it hedges no longer hedges all of it.
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
  const varOf = (deviationFactor: (j: number) => number, meanFactor: (j: number) => number): number => {
    const together = new Float64Array(held[0].pnlUsd.length)
    let meanUsd = 0
    held.forEach(({ pnlUsd }, j) => {
      const own = mean(pnlUsd)
      const factor = deviationFactor(j)
      meanUsd += zeroMean ? 0 : meanFactor(j) * own
      pnlUsd.forEach((value, t) => (together[t] += factor * (value - own)))
    })
    return normalTail(meanUsd, sampleSd(together), confidence).varUsd
  }
  const varUsd = varOf(
    () => 1,
    () => 1,
  )
  const costUsd = contracts.reduce((sum, contract) => sum + contract.costUsd, 0)
  return {
    varUsd,
    costUsd,
    liquidityVarUsd: varUsd + costUsd,
    horizonVarUsd: varOf(
      (j) => contracts[j].liquidationFactor,
      (j) => meanHoldingDays(contracts[j].liquidationDays),
    ),
    contracts,
  }
}
