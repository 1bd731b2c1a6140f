import type { TimeInForce } from '../execution/time-in-force.js'

/**
 * next-open: at the open of the bar after the decision. next-close: market on close of that bar. same-close: at the close that the
 * decision has seen, which no trader gets.
 */
export type FillTime = 'next-open' | 'next-close' | 'same-close'

/** Which of two paths inside a bar is taken where they differ: the one that leaves less, or more. */
export type IntrabarPath = 'worst' | 'best'

/** How a position is entered; whatever takes a position out goes at the market. */
export type EntryKind = 'market' | 'market-on-close' | 'limit' | 'stop' | 'stop-limit'

/** The orders that a decision becomes. */
export interface OrderRules {
  readonly fill: FillTime
  readonly entry: EntryKind
  /** Price units from the close of the decision: a limit that much better, a stop that much worse. */
  readonly entryOffset: number
  /** Price units beyond the stop at which a stop-limit no longer fills. */
  readonly entryLimitOffset: number
  readonly timeInForce: TimeInForce
  /** An entry that has expired is placed anew, from the close that it expired at, while the target stands. */
  readonly renew: boolean
  /** Largest part of a bar's volume that is filled in it; null for all that is asked. */
  readonly maxVolumeShare: number | null
  /** Price units from the entry at which a stop or a limit order takes the position out; null for none. */
  readonly stopLoss: number | null
  readonly takeProfit: number | null
  /** Price units behind the best close since the entry. */
  readonly trailingStop: number | null
  readonly intrabar: IntrabarPath
}

export const MARKET_ORDERS: OrderRules = {
  fill: 'next-open',
  entry: 'market',
  entryOffset: 0,
  entryLimitOffset: 0,
  timeInForce: { kind: 'gtc' },
  renew: false,
  maxVolumeShare: null,
  stopLoss: null,
  takeProfit: null,
  trailingStop: null,
  intrabar: 'worst',
}
