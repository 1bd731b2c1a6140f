import { sizedLots, type SizeCaps, type SizingFacts, type SizingRule } from '../execution/sizing.js'
import { averageTrueRange } from '../signals/indicators/atr.js'
import { rollingDeviation } from '../signals/rolling/rolling-deviation.js'
import { rollingMaximum } from '../signals/rolling/rolling-extreme.js'
import type { PriceBars } from './price-bars.js'

export const RESIZE_TIMES = ['change', 'bar'] as const

/** How targets become lots. */
export interface SizingSettings {
  /** null takes the strategy's own rule, and fixed lots where it has none. */
  readonly rule: SizingRule | null
  readonly caps: SizeCaps
  /** change: the size of a position is decided when its target changes. bar: at each close again. */
  readonly resize: (typeof RESIZE_TIMES)[number]
  /** With `bar`: a change of size below this fraction of the lots held is not worth its costs. */
  readonly resizeBand: number
}

/** Makes lots of targets from what is known at each close. */
export interface Sizer {
  readonly eachBar: boolean
  /** Decisions that a cap cut. */
  cappedDecisions: number
  /**
   * Lots to hold from the next bar on; NaN where the size is not known at that close.
   * @param goal lots decided so far
   */
  lotsAt(bar: number, target: number, equityUsd: number, goal: number): number
}

/** Bars whose largest |price| is the notional of a lot, where the rule does not say. */
const NOTIONAL_WINDOW = 20

const NO_CAPS: SizeCaps = { maxLots: null, maxLeverage: null, marginUsdPerLot: null }

/** Columns of the whole history, each bar from itself and earlier ones; the decision then costs no allocation. */
export function prepareSizer(
  bars: PriceBars,
  rule: SizingRule,
  { caps, resize, resizeBand }: Omit<SizingSettings, 'rule'>,
  multiplier: number,
  stopDistance: number | null,
): Sizer {
  const { high, low, close } = bars
  const count = close.length
  const notional =
    caps.maxLeverage !== null || (rule.kind === 'fraction' && rule.of === 'notional')
      ? largestPrice(bars.price ?? close, rule.kind === 'fraction' && rule.of === 'notional' ? rule.window : NOTIONAL_WINDOW)
      : null
  const deviation = rule.kind === 'vol-target' ? changeDeviation(close, rule.window) : null
  const range = rule.kind === 'atr' ? new Float64Array(count).fill(Number.NaN) : null
  if (range !== null && rule.kind === 'atr' && count > rule.window) averageTrueRange([high, low, close], rule.window, range)
  const facts: SizingFacts = {
    equityUsd: 0,
    multiplier,
    notionalPrice: Number.NaN,
    changeDeviation: Number.NaN,
    averageTrueRange: Number.NaN,
    stopDistance: stopDistance ?? Number.NaN,
  }
  const eachBar = resize === 'bar' && rule.kind !== 'fixed'
  const sizer: Sizer = {
    eachBar,
    cappedDecisions: 0,
    lotsAt(bar, target, equityUsd, goal) {
      facts.equityUsd = equityUsd
      if (notional !== null) facts.notionalPrice = notional[bar]
      if (deviation !== null) facts.changeDeviation = deviation[bar]
      if (range !== null) facts.averageTrueRange = range[bar]
      const lots = sizedLots(target, rule, caps, facts)
      if (Math.abs(lots) < Math.abs(sizedLots(target, rule, NO_CAPS, facts))) sizer.cappedDecisions++
      const within = eachBar && lots * goal > 0 && Math.abs(lots - goal) < resizeBand * Math.abs(goal)
      return within && Math.abs(lots) >= Math.abs(goal) ? goal : lots
    },
  }
  return sizer
}

/** Largest |price| of the last `window` bars, fewer at the start. */
function largestPrice(price: Float64Array, window: number): Float64Array {
  const size = price.map(Math.abs)
  const largest = new Float64Array(price.length)
  rollingMaximum(size, window, largest)
  let most = 0
  for (let i = 0; i < Math.min(window - 1, price.length); i++) largest[i] = most = Math.max(most, size[i])
  return largest
}

/** Standard deviation (ddof 1) of the last `window` changes of the close; NaN before. */
function changeDeviation(close: Float64Array, window: number): Float64Array {
  const change = close.map((price, i) => (i === 0 ? Number.NaN : price - close[i - 1]))
  const deviation = new Float64Array(close.length)
  rollingDeviation(change, window, 1, new Float64Array(close.length), deviation)
  return deviation
}
