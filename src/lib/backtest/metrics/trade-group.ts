import type { TradeRows } from '../records.js'

/** Round trips of one kind: longs, or those that a stop took out. */
export interface TradeGroup {
  readonly trades: number
  /** Share with net profit above 0; NaN for none. */
  readonly winRate: number
  readonly grossUsd: number
  readonly commissionUsd: number
  readonly netUsd: number
  readonly expectancyUsd: number
  /** Σ net profits ÷ Σ net losses; NaN without a loss. */
  readonly profitFactor: number
  readonly avgBars: number
  /** Mean farthest open loss and profit by highs and lows. */
  readonly avgMaeUsd: number
  readonly avgMfeUsd: number
  readonly worstUsd: number
  readonly bestUsd: number
}

/** Measures the trades that `counts` holds of; sums over groups that cover all trades are those of the run. */
export function tradeGroup(rows: TradeRows, counts: (trade: number) => boolean): TradeGroup {
  let trades = 0
  let wins = 0
  let grossUsd = 0
  let commissionUsd = 0
  let won = 0
  let lost = 0
  let bars = 0
  let mae = 0
  let mfe = 0
  let worstUsd = Number.NaN
  let bestUsd = Number.NaN
  for (let t = 0; t < rows.netUsd.length; t++) {
    if (!counts(t)) continue
    const net = rows.netUsd[t]
    trades++
    if (net > 0) {
      wins++
      won += net
    } else lost -= net
    grossUsd += rows.grossUsd[t]
    commissionUsd += rows.commissionUsd[t]
    bars += rows.exitBar[t] - rows.entryBar[t]
    mae += rows.worstUsd[t]
    mfe += rows.bestUsd[t]
    if (!(net >= worstUsd)) worstUsd = net
    if (!(net <= bestUsd)) bestUsd = net
  }
  return {
    trades,
    winRate: wins / trades,
    grossUsd,
    commissionUsd,
    netUsd: won - lost,
    expectancyUsd: (won - lost) / trades,
    profitFactor: lost === 0 ? Number.NaN : won / lost,
    avgBars: bars / trades,
    avgMaeUsd: mae / trades,
    avgMfeUsd: mfe / trades,
    worstUsd,
    bestUsd,
  }
}
