import { seasonBand, type SeasonBand } from '../analytics/season-band.js'
import { sameDateYearsBefore, seasonalRank } from '../analytics/seasonal-rank.js'
import type { SpreadAlignment, SpreadDefinition } from '../analytics/spread-definition.js'
import { legMonthsOn, legPricesOn, spreadChange, spreadSeries, type SpreadSeries } from '../analytics/spread-series.js'
import { windowPosition } from '../analytics/window-position.js'
import type { SpreadLegRow, SpreadRow, SpreadSeasonal, SpreadsData } from '../documents/spreads.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { isoFromMonth } from '../market/contract-month.js'
import type { CurveIndex } from '../market/curve-index.js'
import type { Product } from '../market/market.js'
import { clocksOutOfStep } from '../market/settlement-clock.js'
import { GALLONS_PER_BARREL } from '../market/units.js'
import type { DeskContext } from './desk-context.js'
import {
  loadCurve,
  productsInLake,
  staleReason,
  warnNotSettled,
  type LoadedCurve,
  type SettledOn,
} from './load-curve.js'
import { ROLL_RULE } from './roll-rule.js'
import { selectSpreads, spreadDefinition } from './spread-definitions.js'

export interface SpreadsRequest {
  /** Names of `config/spreads.yaml`; none means all that the lake can value. */
  readonly names?: readonly string[]
  /** delivery by default */
  readonly align?: SpreadAlignment
  /** Common days of z-score and percentile; 252 by default. */
  readonly window?: number
  /** Carry every common day from `from` to `to`. */
  readonly history?: { readonly from?: EpochDay; readonly to?: EpochDay }
  /** Read a year more, so that every day of the picture has its seasonal band. */
  readonly band?: boolean
}

/** The year of a spread that a picture shows. */
export interface SpreadPicture {
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly days: Int32Array
  readonly values: Float64Array
  readonly value: number
  readonly percentile: number | null
  readonly band: SeasonBand | null
}

export interface SpreadsAnswer {
  readonly asOf: EpochDay
  readonly data: SpreadsData
  /** One for each of `data.spreads`: the window, or under `history` that period. */
  readonly pictures: readonly SpreadPicture[]
  readonly bandLabel: string
  readonly sources: readonly string[]
  readonly simulated: boolean
}

export const SPREAD_WINDOW_DAYS = 252

/** The spreads on `ctx.asOf`, each on the last day on which all of its legs settled. */
export async function spreadsOn(ctx: DeskContext, request: SpreadsRequest = {}): Promise<SpreadsAnswer> {
  const { names = [], align = 'delivery', window = SPREAD_WINDOW_DAYS, history } = request
  const { seasonal } = ctx.config.analytics
  const definitions = selectSpreads(ctx.config.spreads.spreads, names).map((spread) =>
    spreadDefinition(ctx.market, spread),
  )
  const products = [...new Set(definitions.flatMap(({ legs }) => legs.map((leg) => leg.product)))]
  const there = productsInLake(ctx, products)
  const asOf = ctx.asOf(there.length > 0 ? there : products)
  if (history?.from !== undefined && history.from > Math.min(history.to ?? asOf, asOf)) throw emptyPeriod(history.from)

  const lookBack = Math.ceil(window * 1.5) + 60
  const years = seasonal.years + (request.band === true ? 1 : 0)
  const needed = Math.min(asOf - lookBack, sameDateYearsBefore(asOf, years) - seasonal.days - 15)
  const from = history ? (history.from === undefined ? undefined : Math.min(needed, history.from)) : needed
  const loaded = new Map<Product, LoadedCurve>()
  const absent = new Map<Product, string>()
  for (const product of there) {
    const stale = staleReason(ctx, product, asOf)
    if (stale !== null) absent.set(product, stale)
    else loaded.set(product, await loadCurve(ctx, product, { asOf, from, maxRank: deepestRank(definitions, product) }))
  }
  const curves = new Map([...loaded].map(([product, { index }]) => [product, index]))

  const spreads: SpreadRow[] = []
  const pictures: SpreadPicture[] = []
  const skipped: { name: string; reason: string }[] = []
  const settled: SettledOn[] = []
  for (const definition of definitions) {
    const valued = legsProblem(ctx, definition, loaded, absent, asOf) ?? value(definition)
    if (typeof valued === 'string') skipped.push({ name: definition.name, reason: valued })
    else {
      spreads.push(valued.row)
      pictures.push(valued.picture)
    }
  }
  warnNotSettled(ctx, asOf, settled)
  if (skipped.length > 0 && (names.length > 0 || spreads.length === 0)) throw notValued(skipped, asOf)
  const legs = spreads.flatMap((spread) => spread.legs.map((leg) => leg.product))
  return {
    asOf,
    data: {
      date: spreads.map((spread) => spread.date).reduce((a, b) => (a > b ? a : b)),
      align,
      spreads,
      skipped,
      assumptions: {
        windowDays: window,
        ddof: 1,
        percentile: 'mid-rank: days below plus half the days equal, of all days in the window',
        seasonalYears: seasonal.years,
        seasonalDays: seasonal.days,
        gallonsPerBarrel: GALLONS_PER_BARREL,
        roll: ROLL_RULE,
      },
    },
    pictures,
    bandLabel: `same dates ±${seasonal.days} days, previous ${seasonal.years} years`,
    sources: [
      ...new Set([...loaded].flatMap(([product, { source }]) => (legs.includes(product) ? source : []))),
    ].sort(),
    simulated: spreads.some((spread) => spread.simulated),
  }

  function value(definition: SpreadDefinition): { row: SpreadRow; picture: SpreadPicture } | string {
    const series = spreadSeries(definition, align, curves, from ?? -Infinity, asOf)
    const n = series.days.length
    if (n === 0 || asOf - series.days[n - 1] > ctx.config.analytics.maxStaleDays) {
      const why = series.dropped.at(-1)
      return `no common settlement of ${productNames(definition)} on or shortly before ${isoFromDay(asOf)}${why ? ` (${isoFromDay(why.day)}: ${why.reason})` : ''}`
    }
    const row = spreadRow(ctx, definition, { align, window, history }, series, curves)
    row.simulated = definition.legs.some((leg) => loaded.get(leg.product)?.simulated === true)
    settled.push({ what: definition.name, day: series.days[n - 1] })
    return { row, picture: picture(definition, row, series) }
  }

  function picture({ name, title, unit }: SpreadDefinition, row: SpreadRow, series: SpreadSeries): SpreadPicture {
    const { days, values } = series
    const first = history
      ? days.findIndex((day) => day >= (history.from ?? -Infinity))
      : Math.max(0, days.length - window)
    const end = history?.to === undefined ? days.length : days.filter((day) => day <= (history.to ?? Infinity)).length
    const { value, percentile } = row
    return {
      name,
      title,
      unit,
      days: days.slice(first, end),
      values: values.slice(first, end),
      value,
      percentile,
      band: request.band === true && !history ? seasonBand(days, values, first, seasonal.years, seasonal.days) : null,
    }
  }
}

/**
 * Ranks of `product` that a spread can reach: fronts lie up to 3 months apart (Brent leaves two months before delivery,
 * Dubai at its end), and the day before a roll every contract was a rank further out.
 */
function deepestRank(definitions: readonly SpreadDefinition[], product: Product): number {
  const offsets = definitions.flatMap(({ legs }) =>
    legs.filter((leg) => leg.product === product).map((leg) => leg.offset),
  )
  return Math.max(0, ...offsets) + 7
}

function productNames({ legs }: SpreadDefinition): string {
  return [...new Set(legs.map((leg) => leg.product))].join(', ')
}

/** Why the legs cannot be valued together; null if they can. */
function legsProblem(
  ctx: DeskContext,
  { legs }: SpreadDefinition,
  loaded: ReadonlyMap<Product, LoadedCurve>,
  absent: ReadonlyMap<Product, string>,
  asOf: EpochDay,
): string | null {
  const products = [...new Set(legs.map((leg) => leg.product))]
  for (const product of products) {
    if (loaded.has(product)) continue
    return absent.get(product) ?? staleReason(ctx, product, asOf) ?? `${product} has no settlement`
  }
  const simulated = products.filter((product) => loaded.get(product)?.simulated === true)
  if (simulated.length > 0 && simulated.length < products.length) {
    const real = products.filter((product) => !simulated.includes(product))
    return `${simulated.join(', ')} is simulated and ${real.join(', ')} is not: the two are never mixed`
  }
  return null
}

function spreadRow(
  ctx: DeskContext,
  definition: SpreadDefinition,
  { align, window, history }: { align: SpreadAlignment; window: number; history: SpreadsRequest['history'] },
  series: SpreadSeries,
  curves: ReadonlyMap<Product, CurveIndex>,
): SpreadRow {
  const { market } = ctx
  const { seasonal } = ctx.config.analytics
  const { name, title, unit, legs, per } = definition
  const { days, values, dropped } = series
  const n = days.length
  const day = days[n - 1]
  const months = legMonthsOn(definition, align, curves, day)
  if (months === null) throw new ContangoError('bug', 'BUG', `${name}: a common day without a leg`)
  const prices = legPricesOn(definition, months, curves, day)
  const reasons: Record<string, string> = {}

  const change = n > 1 ? spreadChange(definition, months, curves, day, days[n - 2]) : null
  if (change === null) reasons['change'] = reasons['previousDate'] = 'the data starts on this day'
  else if (change.value === null) reasons['change'] = change.reason

  const place = windowPosition(values, window)
  if (place === null) {
    const reason = `${window} common days are needed, the data has ${n}`
    for (const field of ['mean', 'sd', 'zScore', 'percentile', 'low', 'high']) reasons[field] = reason
  } else if (Number.isNaN(place.zScore)) reasons['zScore'] = 'the spread did not move in the window'

  const season = seasonalRank(days, values, seasonal.years, seasonal.days)
  const windowStart = days[Math.max(0, n - window)]
  const outOfStep = crossesTheAtlantic(ctx, definition) ? clocksOutOfStep : (): boolean => false
  const shownFrom = history ? (history.from ?? -Infinity) : windowStart
  const shownTo = history?.to ?? Infinity
  return {
    name,
    title,
    unit,
    align,
    date: isoFromDay(day),
    previousDate: n > 1 ? isoFromDay(days[n - 2]) : null,
    simulated: false,
    value: values[n - 1],
    change: change?.value ?? null,
    mean: place?.mean ?? null,
    sd: place?.sd ?? null,
    zScore: place === null || Number.isNaN(place.zScore) ? null : place.zScore,
    percentile: place?.percentile ?? null,
    low: place?.low ?? null,
    high: place?.high ?? null,
    window: {
      days: window,
      observations: Math.min(window, n),
      from: isoFromDay(windowStart),
      to: isoFromDay(day),
    },
    seasonal: seasonalDocument(season, seasonal.days),
    legs: legs.map((leg, i): SpreadLegRow => ({
      product: leg.product,
      contract: market.contractCode(leg.product, months[i]),
      deliveryMonth: isoFromMonth(months[i]),
      expiry: isoFromDay(market.lastTradingDay(leg.product, months[i])),
      lots: leg.lots,
      price: prices[i],
      unit: market.instrument(leg.product).unit,
      weight: leg.weight / per,
      priceConverted: prices[i] * leg.factor,
    })),
    clockMismatch: outOfStep(day),
    clockMismatchDays: days.subarray(Math.max(0, n - window)).filter(outOfStep).length,
    dropped: dropped
      .filter((drop) => drop.day >= shownFrom && drop.day <= shownTo)
      .map((drop) => ({ date: isoFromDay(drop.day), reason: drop.reason })),
    history: history
      ? Array.from(days, (at, i) => ({ date: isoFromDay(at), value: values[i], at }))
          .filter(({ at }) => at >= shownFrom && at <= shownTo)
          .map(({ date, value }) => ({ date, value }))
      : null,
    band: null,
    reasons,
  }
}

function seasonalDocument(season: ReturnType<typeof seasonalRank>, days: number): SpreadSeasonal {
  if (season === null) {
    return { percentile: null, rank: null, of: 1, years: 0, days, reason: 'no previous year has a value at this time' }
  }
  const { percentile, rank, of, years } = season
  return { percentile, rank, of, years, days, reason: null }
}

/** Legs on both clocks: New York's and London's change on different Sundays. */
function crossesTheAtlantic({ market }: DeskContext, { legs }: SpreadDefinition): boolean {
  const zones = new Set(legs.map((leg) => market.instrument(leg.product).zone))
  return zones.has('America/New_York') && zones.has('Europe/London')
}

function emptyPeriod(from: EpochDay): ContangoError {
  return new ContangoError(
    'usage',
    'EMPTY_PERIOD',
    `--from ${isoFromDay(from)} is after the end of the period`,
    'give an earlier --from, or a later --to or --as-of',
  )
}

function notValued(skipped: readonly { name: string; reason: string }[], asOf: EpochDay): ContangoError {
  return new ContangoError(
    'noData',
    'SPREAD_WITHOUT_DATA',
    skipped.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
    'contango data ls shows what is there; contango fetch csv FILE or contango fetch sim adds to it',
    { asOf: isoFromDay(asOf), skipped },
  )
}
