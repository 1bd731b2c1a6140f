export const FILL_COLUMNS = ['bar', 'lots', 'price', 'commissionUsd', 'slippageUsd'] as const
export const TRADE_COLUMNS = [
  'lots',
  'entryBar',
  'exitBar',
  'entryPrice',
  'exitPrice',
  'grossUsd',
  'commissionUsd',
  'netUsd',
  'worstUsd',
  'bestUsd',
] as const

/** One row a fill: `lots` is positive where it buys, `price` is paid, slippage and all. */
export type FillRows = Readonly<Record<(typeof FILL_COLUMNS)[number], Float64Array>>

/**
 * One row a round trip, in the order of the exits: `lots` is positive for a long, gross is before commission, `worstUsd` ≤ 0 and
 * `bestUsd` ≥ 0 are the farthest that open profit went by highs and lows, before commission.
 */
export type TradeRows = Readonly<Record<(typeof TRADE_COLUMNS)[number], Float64Array>>
