import { cappedLots, sizedLots, type SizeCaps, type SizingFacts, type SizingRule } from '../execution/sizing.js'
import { averageTrueRange } from '../signals/indicators/atr.js'
import { rollingDeviation } from '../signals/rolling/rolling-deviation.js'
import { rollingMaximum } from '../signals/rolling/rolling-extreme.js'
import { BARS_PER_YEAR } from './metrics/performance.js'
import type { TradedInstrument } from './traded-instrument.js'

/** change: the size of a position is decided when its target changes. bar: at each close again. */
export type ResizeTime = 'change' | 'bar'

/** What was said of size; null takes the default of the rule. */
export interface SizingSettings {
  /** null takes the strategy's own rule, and fixed lots where it has none. */
  readonly rule: SizingRule | null
  readonly caps: Pick<SizeCaps, 'maxLots' | 'maxLeverage'>
  readonly resize: ResizeTime | null
  readonly resizeBand: number | null
}

/** How targets become lots, every default filled in. */
export interface ResolvedSizing {
  readonly rule: SizingRule
  readonly caps: SizeCaps
  readonly resize: ResizeTime
  /** With `bar`: a change of size below this fraction of the lots held is not traded. */
  readonly resizeBand: number
}

const NOTHING_SAID: SizingSettings = {
  rule: null,
  caps: { maxLots: null, maxLeverage: null },
  resize: null,
  resizeBand: null,
}

const DEFAULT_LEVERAGE = 10
const DEFAULT_BAND = 0.1

/** Fixed lots are limited by what is said alone; every other rule by ten times equity and by the margin of a lot too. */
export function resolveSizing(
  settings: SizingSettings | null,
  own: () => SizingRule | undefined,
  lots: number,
): ResolvedSizing {
  const { rule: said, caps, resize, resizeBand } = settings ?? NOTHING_SAID
  const rule = said ?? own() ?? { kind: 'fixed', lots }
  const fixed = rule.kind === 'fixed'
  return {
    rule,
    caps: {
      maxLots: caps.maxLots,
      maxLeverage: caps.maxLeverage ?? (fixed ? null : DEFAULT_LEVERAGE),
      withinMargin: !fixed,
    },
    resize: fixed ? 'change' : (resize ?? (rule.kind === 'vol-target' ? 'bar' : 'change')),
    resizeBand: resizeBand ?? DEFAULT_BAND,
  }
}

/** Makes lots of targets from what is known at each close. */
export interface Sizer {
  readonly eachBar: boolean
  /** Decisions that a cap cut. */
  cappedDecisions: number
  /**
   * Lots to hold from the next bar on; NaN where the size is not known at that close.
   * @param goal lots decided so far
   * @param elsewhereUsd initial margin of the account's other positions
   */
  lotsAt(bar: number, target: number, equityUsd: number, goal: number, elsewhereUsd: number): number
}

/** Bars whose largest |price| is the notional of a lot, where the rule does not say. */
const NOTIONAL_WINDOW = 20

/**
 * Columns of the whole history, each bar from itself and earlier ones; the decision then costs no allocation.
 * @returns null for fixed lots without a cap
 */
export function prepareSizer(
  { bars, multiplier, initialMarginUsd: margin }: Pick<TradedInstrument, 'bars' | 'multiplier' | 'initialMarginUsd'>,
  { rule, caps, resize, resizeBand }: ResolvedSizing,
  stopDistance: number | null,
): Sizer | null {
  if (rule.kind === 'fixed' && caps.maxLots === null && caps.maxLeverage === null) return null
  const { high, low, close } = bars
  const count = close.length
  const notional =
    caps.maxLeverage !== null || (rule.kind === 'fraction' && rule.of === 'notional')
      ? largestPrice(
          bars.price ?? close,
          rule.kind === 'fraction' && rule.of === 'notional' ? rule.window : NOTIONAL_WINDOW,
        )
      : null
  const deviation = rule.kind === 'vol-target' ? changeDeviation(close, rule.window) : null
  const range = rule.kind === 'atr' ? new Float64Array(count).fill(Number.NaN) : null
  if (range !== null && rule.kind === 'atr' && count > rule.window)
    averageTrueRange([high, low, close], rule.window, range)
  const facts: SizingFacts = {
    equityUsd: 0,
    multiplier,
    notionalPrice: Number.NaN,
    changeDeviation: Number.NaN,
    averageTrueRange: Number.NaN,
    marginUsdPerLot: 0,
    elsewhereUsd: 0,
    barsPerYear: bars.barsPerYear ?? BARS_PER_YEAR,
    stopDistance: stopDistance ?? Number.NaN,
  }
  const eachBar = resize === 'bar'
  const sizer: Sizer = {
    eachBar,
    cappedDecisions: 0,
    lotsAt(bar, target, equityUsd, goal, elsewhereUsd) {
      facts.equityUsd = equityUsd
      facts.elsewhereUsd = elsewhereUsd
      if (margin !== undefined) facts.marginUsdPerLot = margin[bar]
      if (notional !== null) facts.notionalPrice = notional[bar]
      if (deviation !== null) facts.changeDeviation = deviation[bar]
      if (range !== null) facts.averageTrueRange = range[bar]
      const sized = sizedLots(target, rule, facts)
      const near = eachBar && sized * goal > 0 && Math.abs(sized - goal) < resizeBand * Math.abs(goal)
      const wanted = near ? goal : sized
      const lots = cappedLots(wanted, caps, facts)
      if (Math.abs(lots) < Math.abs(wanted)) sizer.cappedDecisions++
      return lots
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
