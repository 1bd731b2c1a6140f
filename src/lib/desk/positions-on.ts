import type { PositionRow, PositionsData } from '../documents/positions.js'
import { isoFromDay } from '../kernel/day.js'
import { exposureGroups, exposureSum } from '../risk/portfolio/exposure-groups.js'
import { inForce } from '../risk/portfolio/in-force.js'
import { TENOR_BUCKETS, tenorBucket } from '../risk/portfolio/tenor-bucket.js'
import { notionalUsd, type Book, type BookContext, type ValuedPosition } from './book-on.js'

/** Business days before the last trading day from which a position is in the delivery window. */
export const DELIVERY_WINDOW_DAYS = 5

/** Business days of the product's exchange after `asOf`, up to and with the last trading day. */
export function businessDaysToExpiry(ctx: BookContext, asOf: number, position: ValuedPosition): number {
  const lastTradingDay = ctx.market.lastTradingDay(position.product, position.month)
  return ctx.market.settlementCalendar(position.product).businessDaysBetween(asOf, lastTradingDay)
}

/** Initial margin of one lot, its date and whose it is; null where none is configured. */
export function marginOf(
  ctx: BookContext,
  asOf: number,
  { product }: Pick<ValuedPosition, 'product'>,
): { readonly product: string; readonly from: number; readonly initialUsd: number } | null {
  const { products } = ctx.config.margins
  const own = products[product]
  const source = own && own.margins.length === 0 && own.marginProxy !== undefined ? own.marginProxy : product
  const row = inForce(products[source]?.margins ?? [], asOf)
  return row === null ? null : { product: source, ...row }
}

/** Lots, notional, delta and margin of every position, and their sums. */
export function positionsOf(ctx: BookContext, book: Book): PositionsData {
  const { asOf, positions, capitalUsd } = book
  const { margins } = ctx.config
  const netLots = new Map<string, number>()
  for (const { contract, lots } of positions) netLots.set(contract, (netLots.get(contract) ?? 0) + lots)
  const rows = positions.map((position) => positionRow(ctx, book, position, netLots.get(position.contract)!))
  const total = exposureSum('total', rows)
  const entered = rows.flatMap(({ pnlSinceEntryUsd }) => (pnlSinceEntryUsd === null ? [] : [pnlSinceEntryUsd]))
  const marginless = [...new Set(rows.filter((row) => row.initialMarginUsd === null).map(({ product }) => product))]
  const marginUsd = marginless.length > 0 ? null : rows.reduce((sum, row) => sum + (row.initialMarginUsd ?? 0), 0)
  const reasons: Record<string, string> = {}
  if (capitalUsd === null) {
    reasons['leverage'] = 'the book has no capitalUsd'
    reasons['marginToCapital'] = 'the book has no capitalUsd'
  }
  if (marginUsd === null) {
    reasons['initialMarginUsd'] = `config/margins.yaml has no margin of ${marginless.join(', ')} on this day`
    reasons['marginToCapital'] ??= reasons['initialMarginUsd']
  }
  if (entered.length === 0) reasons['pnlSinceEntryUsd'] = 'no position has an entry price'
  if (asOf > margins.through) {
    ctx.warn(
      'MARGINS_OUT_OF_DATE',
      `margins are known to ${isoFromDay(margins.through)}: those of ${isoFromDay(asOf)} are the last known; edit config/margins.yaml`,
    )
  }
  const byTenor = exposureGroups(rows, ({ tenor }) => tenor)
  return {
    book: book.name,
    title: book.title,
    date: isoFromDay(asOf),
    capitalUsd,
    positions: rows,
    byProduct: exposureGroups(rows, ({ product }) => product),
    byTenor: TENOR_BUCKETS.flatMap((bucket) => byTenor.filter(({ name }) => name === bucket)),
    byStrategy: exposureGroups(rows, ({ strategy }) => strategy),
    total: {
      grossUsd: total.grossUsd,
      netUsd: total.netUsd,
      deltaBbl: total.deltaBbl,
      pnlSinceEntryUsd: entered.length === 0 ? null : entered.reduce((sum, pnl) => sum + pnl, 0),
      leverage: capitalUsd === null ? null : total.grossUsd / capitalUsd,
      initialMarginUsd: marginUsd,
      marginToCapital: capitalUsd === null || marginUsd === null ? null : marginUsd / capitalUsd,
    },
    stalePositions: [...book.stalePositions],
    deliveryWindowDays: DELIVERY_WINDOW_DAYS,
    margins: {
      source: margins.source,
      through: isoFromDay(margins.through),
      spotMonthSource: margins.spotMonthSource,
    },
    reasons,
  }
}

function positionRow(ctx: BookContext, { asOf }: Book, position: ValuedPosition, contractLots: number): PositionRow {
  const { product, month, lots, multiplier, settlement, entryPrice } = position
  const instrument = ctx.market.instrument(product)
  const daysLeft = businessDaysToExpiry(ctx, asOf, position)
  const inDeliveryWindow = daysLeft <= DELIVERY_WINDOW_DAYS
  const limit = inDeliveryWindow ? inForce(ctx.config.margins.products[product]?.spotMonthLimits ?? [], asOf) : null
  const margin = marginOf(ctx, asOf, position)
  return {
    position: position.id,
    product,
    contract: position.contract,
    rank: position.rank,
    tenor: tenorBucket(position.rank),
    strategy: position.strategy,
    spread: position.spread,
    lots,
    multiplier,
    unit: instrument.unit,
    settlement,
    settlementDate: isoFromDay(position.settlementDay),
    notionalUsd: notionalUsd(position),
    deltaBbl: instrument.barrelsPerLot === null ? null : lots * instrument.barrelsPerLot,
    entryPrice,
    pnlSinceEntryUsd: entryPrice === null ? null : lots * multiplier * (settlement - entryPrice),
    lastTradingDay: isoFromDay(ctx.market.lastTradingDay(product, month)),
    businessDaysToLastTradingDay: daysLeft,
    inDeliveryWindow,
    spotMonthLimitLots: limit?.lots ?? null,
    spotMonthLimitFrom: limit === null ? null : isoFromDay(limit.from),
    overSpotMonthLimit: limit === null ? null : Math.abs(contractLots) > limit.lots,
    initialMarginUsd: margin === null ? null : Math.abs(lots) * margin.initialUsd,
    marginFrom: margin === null ? null : isoFromDay(margin.from),
    marginProduct: margin?.product ?? null,
  }
}
