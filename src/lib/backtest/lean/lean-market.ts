import { commissionOf, slippageOf } from '../../execution/costs.js'
import type { PriceBars } from '../price-bars.js'
import type { BacktestSettings } from '../run-backtest.js'

/**
 * One lot of what is traded, in USD, bar by bar: all that a market order of any size needs, since its costs grow with its lots.
 * Only differences of `markUsd` and `fillUsd` have a meaning.
 */
export interface LeanMarket {
  /** Worth of a lot at the close. */
  readonly markUsd: Float64Array
  /** Worth of a lot where an order of the bar before fills, without costs. */
  readonly fillUsd: Float64Array
  /** Commission and slippage of filling a lot on the bar. */
  readonly commissionUsd: Float64Array
  readonly slippageUsd: Float64Array
  /** Bars at whose close a position moves to the next contract, ascending, and what that costs a lot. */
  readonly rollBars: Int32Array
  readonly rollUsd: Float64Array
  readonly maintenanceMarginUsd: number
  readonly initialCapitalUsd: number
  /** Lots of a target of 1. */
  readonly fullLots: number
}

/** Settings and costs that the columns of a {@link LeanMarket} stand for. */
const KNOWN = new Set([
  ...['lots', 'multiplier', 'initialCapitalUsd', 'maintenanceMarginUsd', 'costs', 'fill', 'intrabar'],
  ...['commissionUsdPerLot', 'slippagePrice', 'slippageFraction'],
])

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0)

/** Nothing else is set: a stop, a size that depends on equity or a cost that grows with the square root of the lots is. */
function isPlain(settings: BacktestSettings): boolean {
  const others = [...Object.entries(settings), ...Object.entries(settings.costs)].filter(([name]) => !KNOWN.has(name))
  return others.every(([, value]) => isNothing(value))
}

/** The columns of bars under settings; null where only the engine can trade them. */
export function leanMarket(bars: PriceBars, settings: BacktestSettings): LeanMarket | null {
  if (!isPlain(settings)) return null
  const { multiplier, costs, lots } = settings
  const { close, rolls } = bars
  const filled = settings.fill === 'next-open' ? bars.open : close
  const slippage = (price: number): number => slippageOf(price, costs) * multiplier
  const rollBars = rolls === undefined ? [] : Array.from(rolls.keys()).filter((bar) => rolls[bar] === 1)
  const commission = commissionOf(1, costs)
  return {
    markUsd: close.map((price) => price * multiplier),
    fillUsd: filled.map((price) => price * multiplier),
    commissionUsd: new Float64Array(close.length).fill(commission),
    slippageUsd: filled.map(slippage),
    rollBars: Int32Array.from(rollBars),
    rollUsd: Float64Array.from(rollBars, (bar) => 2 * (commission + slippage(close[bar]))),
    maintenanceMarginUsd: settings.maintenanceMarginUsd,
    initialCapitalUsd: settings.initialCapitalUsd,
    fullLots: lots,
  }
}
