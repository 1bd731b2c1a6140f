import { daysOfSupply } from '../analytics/days-of-supply.js'
import { surpriseSeries, surpriseZ } from '../analytics/inventory-surprise.js'
import type { Measured } from '../analytics/measured.js'
import { sameWeekRange, type SameWeekRange } from '../analytics/same-week-range.js'
import { seasonBand, type SeasonBand } from '../analytics/season-band.js'
import { totalSurprise, type SurprisePart } from '../analytics/total-surprise.js'
import type { FundamentalsConfig } from '../config/sections/fundamentals.js'
import type { FundamentalsInventoryData, InventoryRow } from '../documents/fundamentals-inventory.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Store } from '../store/types.js'
import { knownSeries, knownSince, type KnownSeries } from './known-series.js'

export interface InventoryContext {
  readonly store: Pick<Store, 'readSeries' | 'pick'>
  readonly config: { readonly fundamentals: FundamentalsConfig }
  readonly requestedAsOf: EpochDay | null
}

export interface InventoryRequest {
  /** Names of `config/fundamentals.yaml`; none means all. */
  readonly names: readonly string[]
  /** Expected changes by series id; null for the model. */
  readonly consensus: ReadonlyMap<string, ReadonlyMap<EpochDay, number>> | null
}

/** A year of one series for a picture. */
export interface InventoryPicture {
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly days: Int32Array
  readonly values: Float64Array
  readonly percentile: number | null
  readonly band: SeasonBand
}

export interface InventoryAnswer {
  readonly asOf: EpochDay
  readonly data: FundamentalsInventoryData
  readonly pictures: readonly InventoryPicture[]
  readonly sources: readonly string[]
  readonly simulated: boolean
}

type Config = FundamentalsConfig['inventory']

/** Stocks as they were known on `--as-of`, by default now. */
export async function inventoryOn(ctx: InventoryContext, request: InventoryRequest): Promise<InventoryAnswer> {
  const config = ctx.config.fundamentals.inventory
  const wanted = selected(config, request.names)
  const read = (id: string): Promise<KnownSeries | null> => knownSeries(ctx.store, id, ctx.requestedAsOf)
  const rows: InventoryRow[] = []
  const pictures: InventoryPicture[] = []
  const found: KnownSeries[] = []
  const skipped: { name: string; reason: string }[] = []
  const parts = new Map<string, Part>()
  for (const one of wanted) {
    const stocks = await read(one.id)
    if (stocks === null) {
      skipped.push({ name: one.name, reason: missingReason(ctx, one.id) })
      continue
    }
    const demand = one.demand === null ? null : await read(one.demand)
    found.push(stocks, ...(demand === null ? [] : [demand]))
    const part = partOf(one, stocks, request.consensus, config)
    parts.set(one.name, part)
    rows.push(rowOf(one, part, stocks, demand, config))
    pictures.push(pictureOf(one, stocks, config, rows.at(-1)!))
  }
  const asOf = ctx.requestedAsOf ?? knownSince(found)
  if (asOf === null || rows.length === 0) {
    throw new ContangoError(
      'noData',
      'NO_DATA',
      `the lake has no stocks${ctx.requestedAsOf === null ? '' : ` that were known on ${isoFromDay(ctx.requestedAsOf)}`}: ${wanted.map(({ id }) => id).join(', ')}`,
      'contango fetch eia --preset weekly (real), contango fetch csv FILE (your own) or contango fetch sim (simulated)',
      { series: wanted.map(({ id }) => id) },
    )
  }
  return {
    asOf,
    data: {
      series: rows,
      total: totalOf(parts, config),
      skipped,
      assumptions: {
        surpriseWeeks: config.surpriseWeeks,
        years: config.years,
        excludedYears: [...config.excludedYears],
        demandWeeks: config.demandWeeks,
      },
    },
    pictures,
    sources: [...new Set(found.map(({ source }) => source))],
    simulated: found.some(({ simulated }) => simulated),
  }
}

function selected(config: Config, names: readonly string[]): Config['series'] {
  if (names.length === 0) return config.series
  return names.map((name) => {
    const one = config.series.find((each) => each.name === name.toLowerCase() || each.id === name)
    if (one) return one
    throw new ContangoError(
      'usage',
      'UNKNOWN_SERIES',
      `"${name}" is not a kind of stocks that fundamentals inventory knows`,
      `it knows ${config.series.map((each) => each.name).join(', ')}: config/fundamentals.yaml`,
      { name },
    )
  })
}

function missingReason(ctx: InventoryContext, id: string): string {
  const info = ctx.store.pick('series', id)
  return info === null ? `${id} is not in the lake` : `${id} has no value that was known by then`
}

/** One kind of stocks with its surprises, week by week. */
interface Part extends SurprisePart {
  readonly id: string
  readonly unit: string
  readonly knownOn: Int32Array
  readonly expectedFrom: 'consensus' | 'model'
}

function partOf(
  { id }: Config['series'][number],
  { columns: { period, knownOn, value, unit } }: KnownSeries,
  consensus: InventoryRequest['consensus'],
  config: Config,
): Part {
  const given = consensus?.get(id) ?? null
  const surprises = surpriseSeries(period, value, given, config)
  return { id, unit, period, knownOn, level: value, ...surprises, expectedFrom: given === null ? 'model' : 'consensus' }
}

/** Numbers of an answer, with why those that are null are null. */
function collector() {
  const reasons: Record<string, string> = {}
  const or = (name: string, given: Measured): number | null => {
    if (given.reason !== null) reasons[name] = given.reason
    return given.value
  }
  const number = (name: string, given: number, reason: string): number | null =>
    or(name, Number.isNaN(given) ? { value: null, reason } : { value: given, reason: null })
  return { reasons, or, number }
}

/** The kinds of `total` together; null where one of them was not asked for or is not there. */
function totalOf(parts: ReadonlyMap<string, Part>, config: Config): FundamentalsInventoryData['total'] {
  const chosen = config.total.flatMap((name) => parts.get(name) ?? [])
  const [first] = chosen
  if (chosen.length < config.total.length || chosen.length === 0) return null
  if (chosen.some(({ unit }) => unit !== first.unit)) return null
  const { period, level, change, expected, surprise } = totalSurprise(chosen)
  if (period.length === 0) return null
  const last = period.length - 1
  const { reasons, or, number } = collector()
  const froms = new Set(chosen.map(({ expectedFrom }) => expectedFrom))
  const knownOn = Math.max(...chosen.map((part) => part.knownOn[part.period.indexOf(period[last])]))
  return {
    names: [...config.total],
    series: chosen.map(({ id }) => id),
    unit: first.unit,
    period: isoFromDay(period[last]),
    knownOn: isoFromDay(knownOn),
    level: level[last],
    change: number('change', change[last], 'the week before is missing in one of them'),
    expected: number('expected', expected[last], 'one of them has no expectation'),
    expectedFrom: Number.isNaN(expected[last]) ? null : froms.size > 1 ? 'mixed' : first.expectedFrom,
    surprise: number('surprise', surprise[last], 'one of them has no surprise'),
    surpriseZ: or('surpriseZ', surpriseZ(surprise, last, config.surpriseWeeks)),
    reasons,
  }
}

function rangeOf(range: SameWeekRange | null): InventoryRow['fiveYear'] {
  if (range === null) return null
  return {
    ...range,
    calendarYears: [...range.calendarYears],
    z: Number.isNaN(range.z) ? null : range.z,
    deviationFraction: range.deviation / range.mean,
  }
}

function rowOf(
  one: Config['series'][number],
  { change, expected, surprise, expectedFrom }: Part,
  stocks: KnownSeries,
  demand: KnownSeries | null,
  config: Config,
): InventoryRow {
  const { period, knownOn, value, unit } = stocks.columns
  const last = period.length - 1
  const { reasons, or, number } = collector()
  const tooFew = `fewer than ${config.minYears} of the ${config.years} years before have the week`
  const noExpectation =
    expectedFrom === 'model' ? tooFew : `the consensus file has no ${one.id} for ${isoFromDay(period[last])}`
  const fiveYear = rangeOf(sameWeekRange(period, value, config))
  const fiveYearExcluding = rangeOf(sameWeekRange(period, value, config, config.excludedYears))
  if (fiveYear === null) reasons['fiveYear'] = tooFew
  if (fiveYearExcluding === null) reasons['fiveYearExcluding'] = tooFew
  const supply: Measured =
    demand === null
      ? {
          value: null,
          reason: one.demand === null ? 'no demand is set against it' : `${one.demand} is not in the lake`,
        }
      : daysOfSupply(value[last], period[last], demand.columns.period, demand.columns.value, config.demandWeeks)
  return {
    name: one.name,
    title: one.title,
    series: one.id,
    unit,
    source: stocks.source,
    simulated: stocks.simulated,
    period: isoFromDay(period[last]),
    knownOn: isoFromDay(knownOn[last]),
    level: value[last],
    change: number('change', change[last], 'the week before is missing'),
    expected: number('expected', expected[last], noExpectation),
    expectedFrom: Number.isNaN(expected[last]) ? null : expectedFrom,
    surprise: number('surprise', surprise[last], Number.isNaN(change[last]) ? 'there is no change' : noExpectation),
    surpriseZ: or('surpriseZ', surpriseZ(surprise, last, config.surpriseWeeks)),
    fiveYear,
    fiveYearExcluding,
    daysOfSupply: or('daysOfSupply', supply),
    utilisation: one.capacityKbbl === null ? null : value[last] / one.capacityKbbl,
    aboveFloor: one.floorKbbl === null ? null : value[last] - one.floorKbbl,
    reasons,
  }
}

/** Weeks that a picture shows. */
const SHOWN_WEEKS = 104
const BAND_HALF_WINDOW_DAYS = 3

function pictureOf(
  { name, title }: Config['series'][number],
  { columns: { period, value } }: KnownSeries,
  { years }: Config,
  row: InventoryRow,
): InventoryPicture {
  const first = Math.max(0, period.length - SHOWN_WEEKS)
  const million = value.map((kbbl) => kbbl / 1000)
  return {
    name,
    title,
    unit: 'million bbl',
    days: period.slice(first),
    values: million.slice(first),
    percentile: row.fiveYear?.percentile ?? null,
    band: seasonBand(period, million, first, years, BAND_HALF_WINDOW_DAYS),
  }
}
