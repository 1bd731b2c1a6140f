import type { DroppedDay } from '../analytics/spread-series.js'
import type { SpreadDefinition } from '../analytics/spread-definition.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { addMonths, monthFromIndex, monthIndexOf, type ContractMonth } from '../market/contract-month.js'
import type { ContinuousSeries } from '../market/continuous.js'
import { dayIndexOf, rowOfMonth, type CurveIndex } from '../market/curve-index.js'
import type { Market, Product } from '../market/market.js'
import { scheduledRollDay, type RollRule } from '../market/roll.js'
import type { PriceBars } from './price-bars.js'
import type { LegRoll } from './traded-instrument.js'

/** A leg through its contracts: the settlement of the one held into each day. */
export interface RolledLeg {
  readonly month: Int32Array
  readonly close: Float64Array
  readonly rolls: readonly LegRoll[]
}

/** Legs on the days on which all of them settled. */
export interface RolledLegs {
  readonly days: Int32Array
  readonly legs: readonly RolledLeg[]
  /** Days on which some leg did not settle. */
  readonly dropped: readonly DroppedDay[]
}

/** The one leg of a product. */
export function rolledProduct({ product, day, month, settlement, rolls, missingDays }: ContinuousSeries): RolledLegs {
  const barOf = new Map(Array.from(day, (each, bar) => [each, bar]))
  return {
    days: day,
    legs: [
      {
        month,
        close: settlement,
        rolls: rolls.map(({ day: at, from, to, fromSettlement, toSettlement }) => ({
          bar: barOf.get(at) ?? -1,
          from,
          to,
          fromPrice: fromSettlement,
          toPrice: toSettlement,
        })),
      },
    ],
    dropped: missingDays.map((missing) => ({
      day: missing,
      reason: `${product} has no settlement of the contract held`,
    })),
  }
}

/**
 * The legs of a spread, in the nearest delivery month in which every leg is still to be held, all rolled together one month on at
 * the settlement on which the first of them has to leave its contract.
 */
export function rolledSpread(
  market: Market,
  definition: SpreadDefinition,
  curves: ReadonlyMap<Product, CurveIndex>,
  rule: RollRule,
): RolledLegs {
  const { legs, name } = definition
  const indexes = legs.map(({ product }) => curves.get(product)!)
  const days = indexes[0].days.filter((day) => indexes.every((index) => dayIndexOf(index, day) >= 0))
  if (days.length === 0) throw noCommonDay(definition)
  const leaveDay = (base: ContractMonth): EpochDay =>
    Math.min(...legs.map(({ product, offset }) => scheduledRollDay(market, product, addMonths(base, offset), rule)))
  const pricesOn = (day: EpochDay, base: ContractMonth): number[] =>
    legs.map(({ offset }, i) => {
      const at = dayIndexOf(indexes[i], day)
      const row = rowOfMonth(indexes[i], at, addMonths(base, offset))
      return row < 0 ? Number.NaN : indexes[i].columns.settlement[row]
    })
  const isKnown = (prices: readonly number[]): boolean => !prices.some(Number.isNaN)

  let base = monthFromIndex(
    Math.max(...legs.map(({ product, offset }) => monthIndexOf(market.monthAtRank(product, days[0], 1)) - offset)),
  )
  while (leaveDay(base) < days[0]) base = addMonths(base, 1)
  const kept: EpochDay[] = []
  const months: ContractMonth[][] = legs.map(() => [])
  const closes: number[][] = legs.map(() => [])
  const rolls: LegRoll[][] = legs.map(() => [])
  const dropped: DroppedDay[] = []
  let rollDay = nextRollDay(0)
  for (let i = 0; i < days.length; i++) {
    const prices = pricesOn(days[i], base)
    if (isKnown(prices)) {
      kept.push(days[i])
      legs.forEach(({ offset }, leg) => {
        months[leg].push(addMonths(base, offset))
        closes[leg].push(prices[leg])
      })
    } else {
      const missing = legs[prices.findIndex(Number.isNaN)]
      const contract = market.contractCode(missing.product, addMonths(base, missing.offset))
      dropped.push({ day: days[i], reason: `${contract} has no settlement` })
    }
    let from = prices
    while (days[i] === rollDay) {
      const next = addMonths(base, 1)
      const to = pricesOn(days[i], next)
      legs.forEach(({ offset }, leg) => {
        rolls[leg].push({
          bar: kept.length - 1,
          from: addMonths(base, offset),
          to: addMonths(next, offset),
          fromPrice: from[leg],
          toPrice: to[leg],
        })
      })
      base = next
      from = to
      rollDay = nextRollDay(i)
    }
  }
  return {
    days: Int32Array.from(kept),
    legs: legs.map((_, leg) => ({
      month: Int32Array.from(months[leg]),
      close: Float64Array.from(closes[leg]),
      rolls: rolls[leg],
    })),
    dropped,
  }

  /** The last day up to the scheduled one on which both months of every leg settled; Infinity where the data ends before. */
  function nextRollDay(start: number): EpochDay {
    const scheduled = leaveDay(base)
    if (scheduled > days[days.length - 1]) return Infinity
    let at = days.findLastIndex((day) => day <= scheduled)
    while (at >= start && !(isKnown(pricesOn(days[at], base)) && isKnown(pricesOn(days[at], addMonths(base, 1))))) at--
    if (at >= start) return days[at]
    throw new ContangoError(
      'noData',
      'ROLL_WITHOUT_PRICE',
      `${name}: no day up to ${isoFromDay(scheduled)} has settlements of both contracts of every leg, so the roll has no price`,
      'a later --from, or another --roll',
      { spread: name, scheduled: isoFromDay(scheduled) },
    )
  }
}

/**
 * Bars of what the legs are together, Σ weight × price, joined as it could be known on each day: later prices are moved by the
 * gaps of the rolls before them, so that a roll is no change and no later roll moves an earlier level. A settlement is open, high,
 * low and close of its bar; `price` is the sum as it settled.
 */
export function joinedBars({ days, legs }: RolledLegs, weights: readonly number[]): PriceBars {
  const bars = days.length
  const price = new Float64Array(bars)
  const gapAfter = new Float64Array(bars)
  legs.forEach(({ close, rolls }, leg) => {
    for (let bar = 0; bar < bars; bar++) price[bar] += weights[leg] * close[bar]
    for (const { bar, fromPrice, toPrice } of rolls) gapAfter[bar] += weights[leg] * (toPrice - fromPrice)
  })
  const level = new Float64Array(bars)
  let shift = 0
  for (let bar = 0; bar < bars; bar++) {
    level[bar] = price[bar] - shift
    shift += gapAfter[bar]
  }
  return {
    timeMs: Float64Array.from(days, (day) => day * 86_400_000),
    open: level,
    high: level,
    low: level,
    close: level,
    price,
  }
}

function noCommonDay({ name, legs }: SpreadDefinition): ContangoError {
  return new ContangoError(
    'noData',
    'NO_DATA',
    `${name}: there is no day on which ${[...new Set(legs.map(({ product }) => product))].join(', ')} all settled`,
    'contango data ls shows which days there are',
    { spread: name },
  )
}
