/** Why a fill happened; `FILL_REASONS[reason]` says it in words. */
export const FILL_REASONS = ['decision', 'stop-loss', 'trailing-stop', 'take-profit', 'roll', 'expiry'] as const
export type FillReason = (typeof FILL_REASONS)[number]

export const FILL_COLUMNS = [
  'bar',
  'lots',
  'price',
  'commissionUsd',
  'slippageUsd',
  'impactUsd',
  'instrument',
  'leg',
  'month',
  'reason',
] as const
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
  'instrument',
  'entryMonth',
  'exitMonth',
  'rolls',
  'tag',
] as const

/**
 * One row a fill of a leg: `lots` is positive where it buys, `price` is paid, slippage and impact and all. `instrument` and `leg`
 * are positions, `month` is the contract as yyyymm and 0 where prices are of no contract, `reason` a position in `FILL_REASONS`.
 */
export type FillRows = Readonly<Record<(typeof FILL_COLUMNS)[number], Float64Array>>

/**
 * One row a round trip, in the order of the exits: `lots` is positive for a long, gross is before commission and after slippage,
 * over all contracts that it was rolled through; `worstUsd` ≤ 0 and `bestUsd` ≥ 0 are the farthest that open profit went by highs
 * and lows, before commission; `tag` is a position in the tags of the run.
 */
export type TradeRows = Readonly<Record<(typeof TRADE_COLUMNS)[number], Float64Array>>
