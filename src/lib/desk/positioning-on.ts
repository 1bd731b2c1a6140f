import type { Measured } from '../analytics/measured.js'
import { netPosition, type GroupPositions } from '../analytics/positioning.js'
import type { FundamentalsConfig } from '../config/sections/fundamentals.js'
import type { FundamentalsPositioningData, PositioningRow } from '../documents/fundamentals-positioning.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Market, Product } from '../market/market.js'
import type { Store } from '../store/types.js'
import { knownSeries, knownSince, type KnownSeries } from './known-series.js'

export interface PositioningContext {
  readonly store: Pick<Store, 'readSeries' | 'pick'>
  readonly market: Market
  readonly config: { readonly fundamentals: FundamentalsConfig }
  readonly requestedAsOf: EpochDay | null
}

export type TraderGroup = PositioningRow['group']

export interface PositioningRequest {
  /** None means all of `config/fundamentals.yaml`. */
  readonly products: readonly string[]
  /** By default managed money, where the lake has it, else non-commercial. */
  readonly group: TraderGroup | null
}

/** The window of one market for a picture: net in thousand contracts. */
export interface PositioningPicture {
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly days: Int32Array
  readonly values: Float64Array
  readonly percentile: number | null
}

export interface PositioningAnswer {
  readonly asOf: EpochDay
  readonly data: FundamentalsPositioningData
  readonly pictures: readonly PositioningPicture[]
  readonly sources: readonly string[]
  readonly simulated: boolean
}

const PARTS = { 'managed-money': 'MM', 'non-commercial': 'NONCOMM' } as const

/** Positions as they were known on `--as-of`, by default now. */
export async function positioningOn(ctx: PositioningContext, request: PositioningRequest): Promise<PositioningAnswer> {
  const config = ctx.config.fundamentals.positioning
  const names = request.products.length > 0 ? request.products : config.products
  const rows: PositioningRow[] = []
  const pictures: PositioningPicture[] = []
  const found: KnownSeries[] = []
  const skipped: { name: string; reason: string }[] = []
  for (const product of [...new Set(names.map((name) => ctx.market.resolveProduct(name)))]) {
    const { codes, name } = ctx.market.instrument(product)
    if (codes.cftc === null) {
      skipped.push({ name: product, reason: `${name} has no contract market at the CFTC` })
      continue
    }
    const market = await readMarket(ctx, codes.cftc, request.group)
    if (market === null) {
      skipped.push({ name: product, reason: `no positions in ${codes.cftc} that were known` })
      continue
    }
    found.push(...market.read)
    const row = rowOf(product, name, codes.cftc, market, config)
    rows.push(row)
    pictures.push(pictureOf(row, market, config.weeks))
  }
  const asOf = ctx.requestedAsOf ?? knownSince(found)
  if (asOf === null || rows.length === 0) {
    throw new ContangoError(
      'noData',
      'NO_DATA',
      `the lake has no positions of ${names.join(', ')}${ctx.requestedAsOf === null ? '' : ` that were known on ${isoFromDay(ctx.requestedAsOf)}`}`,
      'contango fetch cftc (real), contango fetch csv FILE --symbol CL (your own) or contango fetch sim (simulated)',
      { products: [...names] },
    )
  }
  const { weeks, crowdedAbove, crowdedBelow } = config
  return {
    asOf,
    data: { markets: rows, skipped, assumptions: { weeks, crowdedAbove, crowdedBelow } },
    pictures,
    sources: [...new Set(found.map(({ source }) => source))],
    simulated: found.some(({ simulated }) => simulated),
  }
}

interface ReadMarket {
  readonly group: TraderGroup
  readonly positions: GroupPositions
  readonly knownOn: EpochDay
  readonly source: string
  readonly simulated: boolean
  readonly read: readonly KnownSeries[]
}

async function readMarket(
  ctx: PositioningContext,
  code: string,
  asked: TraderGroup | null,
): Promise<ReadMarket | null> {
  const read = (part: string): Promise<KnownSeries | null> =>
    knownSeries(ctx.store, `CFTC_${code}_${part}`, ctx.requestedAsOf)
  const groups: readonly TraderGroup[] = asked === null ? ['managed-money', 'non-commercial'] : [asked]
  for (const group of groups) {
    const long = await read(`${PARTS[group]}_LONG`)
    const short = await read(`${PARTS[group]}_SHORT`)
    const all = await read('OI')
    if (long === null || short === null || all === null) continue
    const positions = aligned(long, short, all)
    const last = positions.period.at(-1)
    if (last === undefined) continue
    const knownOn = Math.max(...[long, short, all].map(({ columns }) => columns.knownOn[columns.period.indexOf(last)]))
    const series = [long, short, all]
    return {
      group,
      positions,
      knownOn,
      source: long.source,
      simulated: series.some(({ simulated }) => simulated),
      read: series,
    }
  }
  return null
}

/** The weeks that all three have. */
function aligned(long: KnownSeries, short: KnownSeries, all: KnownSeries): GroupPositions {
  const byWeek = ({ columns }: KnownSeries): Map<EpochDay, number> =>
    new Map(Array.from(columns.period, (week, i) => [week, columns.value[i]]))
  const shorts = byWeek(short)
  const alls = byWeek(all)
  const longs = byWeek(long)
  const period = long.columns.period.filter((week) => shorts.has(week) && alls.has(week))
  const of = (values: ReadonlyMap<EpochDay, number>): Float64Array =>
    Float64Array.from(period, (week) => values.get(week) ?? Number.NaN)
  return { period, long: of(longs), short: of(shorts), openInterest: of(alls) }
}

function rowOf(
  product: Product,
  name: string,
  code: string,
  { group, positions, knownOn, source, simulated }: ReadMarket,
  config: FundamentalsConfig['positioning'],
): PositioningRow {
  const last = positions.period.length - 1
  const reasons: Record<string, string> = {}
  const or = (key: string, given: Measured): number | null => {
    if (given.reason !== null) reasons[key] = given.reason
    return given.value
  }
  const found = netPosition(positions, config.weeks)
  const share = found.pctOfOpenInterest[last]
  const percentile = or('percentile', found.percentile)
  return {
    product,
    name,
    code,
    group,
    source,
    simulated,
    period: isoFromDay(positions.period[last]),
    knownOn: isoFromDay(knownOn),
    long: positions.long[last],
    short: positions.short[last],
    net: found.net[last],
    change: or('change', found.change),
    openInterest: positions.openInterest[last],
    pctOfOpenInterest: or(
      'pctOfOpenInterest',
      Number.isNaN(share) ? { value: null, reason: 'there is no open interest' } : { value: share, reason: null },
    ),
    longShortRatio: or('longShortRatio', found.longShortRatio),
    zScore: or('zScore', found.zScore),
    percentile,
    cotIndex: or('cotIndex', found.cotIndex),
    crowded:
      percentile === null
        ? null
        : percentile > config.crowdedAbove
          ? 'long'
          : percentile < config.crowdedBelow
            ? 'short'
            : null,
    reasons,
  }
}

function pictureOf(row: PositioningRow, { positions }: ReadMarket, weeks: number): PositioningPicture {
  const first = Math.max(0, positions.period.length - weeks)
  return {
    name: row.product,
    title: `${row.name}, ${row.group}`,
    unit: 'thousand contracts',
    days: positions.period.slice(first),
    values: positions.long.map((long, i) => (long - positions.short[i]) / 1000).slice(first),
    percentile: row.percentile,
  }
}
