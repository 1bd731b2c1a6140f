import { commissionOf, slippageOf } from '../../execution/costs.js'
import { volatilityBefore } from '../leg-facts.js'
import { BARS_PER_YEAR } from '../metrics/performance.js'
import type { AccountSettings } from '../run-account.js'
import type { TradedInstrument, TradedLeg } from '../traded-instrument.js'

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
  /** What is opened on the bar of a roll is opened in the next contract and does not roll. */
  readonly opensRolled: boolean
  /** Per lot on each bar; null where there is none. */
  readonly initialMarginUsd: Float64Array | null
  readonly maintenanceMarginUsd: Float64Array | null
  readonly initialCapitalUsd: number
  /** By which figures are annualised. */
  readonly barsPerYear: number
  /** Lots of a target of 1. */
  readonly fullLots: number
  /** Contracts in a lot. */
  readonly contracts: number
}

/** Settings and costs that the columns of a {@link LeanMarket} stand for; how long a market order works does not matter. */
const KNOWN = new Set([
  ...['lots', 'initialCapitalUsd', 'fill', 'entry', 'timeInForce', 'intrabar'],
  // Of settings for bars alone: the instrument has its own.
  ...['multiplier', 'maintenanceMarginUsd', 'costs'],
  ...['commissionUsdPerLot', 'exchangeFeeUsdPerLot', 'commissionFraction', 'tierReset', 'bidAsk'],
  ...['slippagePrice', 'slippageFraction', 'slippageVolatility'],
])

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0)

/** A {@link LeanMarket} says it all: no stop is set, no size that depends on equity, no cost that is not by the lot. */
export function isPlain({ legs, expiry, settles }: TradedInstrument, settings: AccountSettings): boolean {
  const { entry, fill } = settings
  if (entry !== 'market' || (fill !== 'next-open' && fill !== 'next-close') || expiry !== undefined) return false
  // On the day of a roll a share of the price depends on which of the two contracts a fill is in.
  const ofPrice = legs.some(
    ({ costs, rolls }) => rolls.length > 0 && (costs.slippageFraction > 0 || costs.commissionFraction > 0),
  )
  if (ofPrice && settles === true) return false
  const all = [settings, ...legs.map(({ costs }) => costs)].flatMap((one) => Object.entries(one))
  return all.every(([name, value]) => KNOWN.has(name) || isNothing(value))
}

/** The columns of an instrument under settings for which {@link isPlain} holds. */
export function leanMarket(instrument: TradedInstrument, settings: AccountSettings): LeanMarket {
  const { legs, bars, settles = false } = instrument
  const count = bars.close.length
  const atOpen = settings.fill === 'next-open'
  const markUsd = new Float64Array(count)
  const fillUsd = new Float64Array(count)
  const commissionUsd = new Float64Array(count)
  const slippageUsd = new Float64Array(count)
  const rolls = new Map<number, number>()
  for (const leg of legs) {
    const { close, lots, multiplier } = leg
    const filled = atOpen ? leg.open : close
    const costs = legCosts(leg)
    const shift = gapsBefore(leg)
    for (let bar = 0; bar < count; bar++) {
      markUsd[bar] += (close[bar] - shift[bar]) * lots * multiplier
      fillUsd[bar] += (filled[bar] - shift[bar]) * lots * multiplier
      commissionUsd[bar] += costs.commissionUsd(filled[bar])
      slippageUsd[bar] += costs.slippageUsd(filled[bar], bar)
    }
    for (const { bar, fromPrice, toPrice } of leg.rolls) {
      const usd = [fromPrice, toPrice].reduce(
        (sum, price) => sum + costs.commissionUsd(price) + costs.slippageUsd(price, bar),
        0,
      )
      rolls.set(bar, (rolls.get(bar) ?? 0) + usd)
    }
  }
  const rollBars = Int32Array.from(rolls.keys()).sort()
  return {
    markUsd,
    fillUsd,
    commissionUsd,
    slippageUsd,
    rollBars,
    rollUsd: Float64Array.from(rollBars, (bar) => rolls.get(bar) ?? 0),
    opensRolled: settles,
    initialMarginUsd: instrument.initialMarginUsd ?? null,
    maintenanceMarginUsd: instrument.maintenanceMarginUsd ?? null,
    initialCapitalUsd: settings.initialCapitalUsd,
    barsPerYear: bars.barsPerYear ?? BARS_PER_YEAR,
    fullLots: settings.lots,
    contracts: legs.reduce((sum, { lots }) => sum + Math.abs(lots), 0),
  }
}

/** What a leg's contracts in one lot of the instrument cost at a price. */
function legCosts(leg: TradedLeg): {
  commissionUsd(price: number): number
  slippageUsd(price: number, bar: number): number
} {
  const { costs, multiplier } = leg
  const size = Math.abs(leg.lots)
  const volatility = costs.slippageVolatility > 0 ? volatilityBefore(leg) : null
  return {
    commissionUsd: (price) => commissionOf(size, price, multiplier, costs, 0),
    slippageUsd: (price, bar) =>
      slippageOf(price, costs, volatility === null ? 0 : volatility[bar]) * size * multiplier,
  }
}

/** Sum of the gaps of the rolls before each bar: close less it changes by what the contract held changes. */
function gapsBefore({ close, rolls }: TradedLeg): Float64Array {
  const shift = new Float64Array(close.length)
  for (const { bar, fromPrice, toPrice } of rolls) if (bar + 1 < shift.length) shift[bar + 1] += toPrice - fromPrice
  for (let bar = 1; bar < shift.length; bar++) shift[bar] += shift[bar - 1]
  return shift
}
