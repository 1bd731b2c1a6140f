import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { dayIndexOnOrBefore, indexCurve, type CurveIndex } from '../market/curve-index.js'
import type { Product } from '../market/market.js'
import type { DeskContext } from './desk-context.js'

/** Settlements of one product, ready to be looked at. */
export interface LoadedCurve {
  readonly index: CurveIndex
  readonly source: string
  readonly simulated: boolean
}

export interface LoadCurveOptions {
  readonly asOf: EpochDay
  readonly from?: EpochDay
  readonly maxRank?: number
}

/** Reads what a question needs and no more. An empty slice is an empty index. */
export async function loadCurve(
  ctx: DeskContext,
  product: Product,
  { asOf, from, maxRank }: LoadCurveOptions,
): Promise<LoadedCurve> {
  const { columns, provenance } = await ctx.store.readCurves(product, { asOf, to: asOf, from, maxRank })
  return { index: indexCurve(columns), source: provenance.source, simulated: provenance.simulated }
}

/** The products of which the lake has settlements, in the market's order. */
export function productsInLake(ctx: DeskContext, products: readonly Product[]): Product[] {
  return products.filter((product) => ctx.store.pick('curves', product) !== null)
}

/**
 * Why the lake has no settlement of `product` fresh enough for `asOf`, judged by the catalogue before anything is
 * read; null if it may have one.
 */
export function staleReason(ctx: DeskContext, product: Product, asOf: EpochDay): string | null {
  const { name } = ctx.market.instrument(product)
  const info = ctx.store.pick('curves', product)
  if (info === null) return `${product} ${name} is not in the lake`
  const span = `the lake has ${isoFromDay(info.first)} to ${isoFromDay(info.last)}`
  if (info.first > asOf || asOf - info.last > ctx.config.analytics.maxStaleDays)
    return `${product} ${name} has no settlement on or shortly before ${isoFromDay(asOf)}: ${span}`
  return null
}

/** The last settlement day on or before `asOf`, as a position in `index.days`; null where it is too old to answer. */
export function lastSettledIndex(ctx: DeskContext, index: CurveIndex, asOf: EpochDay): number | null {
  const at = dayIndexOnOrBefore(index, asOf)
  return at >= 0 && asOf - index.days[at] <= ctx.config.analytics.maxStaleDays ? at : null
}

/** The error of a product without a settlement near `asOf`. */
export function noSettlement(ctx: DeskContext, product: Product, asOf: EpochDay): ContangoError {
  const info = ctx.store.pick('curves', product)
  const reason =
    staleReason(ctx, product, asOf) ??
    `${product} has no settlement in the ${ctx.config.analytics.maxStaleDays} days up to ${isoFromDay(asOf)}`
  const hint =
    info === null
      ? 'contango fetch sim (simulated) or contango fetch csv FILE (your own)'
      : `contango data inspect ${product} shows what is there; --as-of ${isoFromDay(Math.min(info.last, Math.max(info.first, asOf)))} is inside it`
  return new ContangoError('noData', 'NO_SETTLEMENT', reason, hint, {
    product,
    asOf: isoFromDay(asOf),
    first: info === null ? null : isoFromDay(info.first),
    last: info === null ? null : isoFromDay(info.last),
  })
}

/** What settled on which day; see {@link warnNotSettled}. */
export interface SettledOn {
  readonly what: string
  readonly day: EpochDay
}

/** Says once for each earlier day what is answered with its settlements because the day that was asked for has none. */
export function warnNotSettled(ctx: DeskContext, asOf: EpochDay, settled: readonly SettledOn[]): void {
  const days = [...new Set(settled.map(({ day }) => day))].filter((day) => day !== asOf).sort((a, b) => a - b)
  for (const day of days) {
    const what = settled.filter((one) => one.day === day).map((one) => one.what)
    ctx.warn(
      'AS_OF_NOT_SETTLED',
      `no settlement on ${isoFromDay(asOf)} of ${what.join(', ')}: the answer is of ${isoFromDay(day)}`,
      { asOf: isoFromDay(asOf), date: isoFromDay(day), what },
    )
  }
}
