import type { PnlData, PnlPosition } from '../documents/pnl.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { dayIndexOf, rowOfMonth, type CurveIndex } from '../market/curve-index.js'
import type { Product } from '../market/market.js'
import { fromUsdPerBbl } from '../market/units.js'
import { explainBook, type PnlParts, type ProductMoves } from '../risk/explain/book-explain.js'
import type { WrittenLine } from '../risk/portfolio/resolve-book.js'
import { bookOn, type Book, type BookContext, type ValuedPosition } from './book-on.js'
import { loadCurve, productsInLake } from './load-curve.js'

/** The crudes whose level is the level of the market, the first that settled on both days. */
const BENCHMARKS = ['CL', 'BRN'] as const satisfies readonly Product[]
const RANKS = 12
/** May 2020 WTI left its curve on 17 April, two business days before its last. */
const DELIVERY_WINDOW_DAYS = 3
const RESIDUAL_WARNING = 0.05

export interface PnlRequest {
  readonly book: string
  /** Trades of the day, in the book of its evening: the overnight positions are the book without them. */
  readonly trades: readonly WrittenLine[]
  readonly costUsdPerLot: number
}

/** What a book earned from the settlement before to that of `ctx.asOf`, and why. */
export async function pnlOn(ctx: BookContext, request: PnlRequest): Promise<{ book: Book; data: PnlData }> {
  const { trades, costUsdPerLot } = request
  const book = await bookOn(ctx, request.book)
  const traded =
    trades.length === 0 ? [] : (await bookOn(ctx, request.book, { trades })).positions.slice(-trades.length)
  const overnight = withoutTrades(book.positions, traded)
  const { asOf } = book
  const indexes = await curvesOf(ctx, book.asOf, [...book.positions, ...traded])
  const previous = previousDay(indexes, book)
  const elapsedDays = asOf - previous
  const benchmark = BENCHMARKS.find((product) => settledOnBoth(indexes.get(product), previous, asOf)) ?? null
  const products = [...indexes].map(([product, index]) => movesOf(ctx, product, index, previous, asOf))
  const priced = overnight.filter((position) => reasonUnpriced(position, indexes, previous, asOf) === null)
  const { positions: explained, moves } = explainBook(
    priced.map(({ id, contract, product, lots, multiplier }) => ({
      position: id,
      contract,
      product,
      usdPerPoint: lots * multiplier,
    })),
    products,
    benchmark,
    elapsedDays,
  )
  const positions = priced.map((position, i): PnlPosition => {
    const { base, settlement } = contractOf(products, position)
    const { id, contract, product, strategy, lots } = position
    return { position: id, contract, product, strategy, lots, previousSettlement: base, settlement, ...explained[i] }
  })
  const tradeRows = traded.map(({ contract, lots, multiplier, settlement, entryPrice }) => {
    const price = entryPrice ?? settlement
    return { contract, lots, price, priceGiven: entryPrice !== null, pnlUsd: lots * multiplier * (settlement - price) }
  })
  const rolls = rollsBetween(ctx, request, previous, asOf)
  const newTradesUsd = sum(tradeRows, ({ pnlUsd }) => pnlUsd)
  const costsUsd =
    0 - costUsdPerLot * sum(tradeRows, ({ lots }) => Math.abs(lots)) - sum(rolls, ({ costUsd }) => costUsd)
  const hypotheticalUsd = sum(positions, ({ pnlUsd }) => pnlUsd)
  const parts = partsOf(positions)
  const actualUsd = hypotheticalUsd + newTradesUsd + costsUsd
  const residualShare = hypotheticalUsd === 0 ? null : Math.abs(parts.residualUsd / hypotheticalUsd)
  const data: PnlData = {
    book: book.name,
    title: book.title,
    date: isoFromDay(asOf),
    previousDate: isoFromDay(previous),
    elapsedDays,
    actualUsd,
    hypotheticalUsd,
    explain: { ...parts, newTradesUsd, costsUsd },
    residualShare,
    capitalUsd: book.capitalUsd,
    pnlToCapital: book.capitalUsd === null ? null : actualUsd / book.capitalUsd,
    positions,
    byProduct: [...new Set(positions.map(({ product }) => product))].map((product) => {
      const own = positions.filter((position) => position.product === product)
      return { product, pnlUsd: sum(own, ({ pnlUsd }) => pnlUsd), ...partsOf(own) }
    }),
    trades: tradeRows,
    rolls,
    notPriced: overnight.flatMap((position) => {
      const reason = reasonUnpriced(position, indexes, previous, asOf)
      return reason === null ? [] : [{ position: position.id, reason }]
    }),
    curves: products.map(({ product, contracts }, i) => ({
      product,
      unit: ctx.market.instrument(product).unit,
      level: moves[i].level,
      slopePerYear: slopePerYear(contracts, moves[i].slope),
      fitted: contracts.filter(({ fitted }) => fitted).length,
    })),
    assumptions: { benchmark, ranks: RANKS, deliveryWindowDays: DELIVERY_WINDOW_DAYS, costUsdPerLot },
  }
  sayWarnings(ctx, data)
  return { book, data }
}

/** The positions before the day's trades: what was bought today was not held overnight, what was sold was. */
function withoutTrades(held: readonly ValuedPosition[], traded: readonly ValuedPosition[]): ValuedPosition[] {
  const overnight = [...held]
  for (const trade of traded) {
    const at = overnight.findIndex(({ contract }) => contract === trade.contract)
    if (at < 0) overnight.push({ ...trade, lots: -trade.lots })
    else overnight[at] = { ...overnight[at], lots: overnight[at].lots - trade.lots }
  }
  return overnight.filter(({ lots }) => lots !== 0)
}

async function curvesOf(
  ctx: BookContext,
  asOf: EpochDay,
  positions: readonly ValuedPosition[],
): Promise<Map<Product, CurveIndex>> {
  const own = [...new Set(positions.map(({ product }) => product))]
  const known = productsInLake(ctx, BENCHMARKS).filter((product) => !own.includes(product))
  const indexes = new Map<Product, CurveIndex>()
  for (const product of [...own, ...known]) {
    const from = asOf - 2 * ctx.config.analytics.maxStaleDays
    const { index } = await loadCurve(ctx, product, { asOf, from })
    if (own.includes(product) || dayIndexOf(index, asOf) >= 0) indexes.set(product, index)
  }
  return indexes
}

/** The last day before the date of the book on which all of its products settled. */
function previousDay(indexes: ReadonlyMap<Product, CurveIndex>, { positions, asOf, name }: Book): EpochDay {
  const own = [...new Set(positions.map(({ product }) => product))].map((product) => indexes.get(product)!)
  const [first] = own
  for (let i = first.days.length - 1; i >= 0; i--) {
    const day = first.days[i]
    if (day < asOf && own.every((index) => dayIndexOf(index, day) >= 0)) return day
  }
  throw new ContangoError(
    'noData',
    'NO_PREVIOUS_SETTLEMENT',
    `the products of "${name}" have no settlement day in common shortly before ${isoFromDay(asOf)}`,
    'contango data ls shows how far the data reach',
    { book: name, asOf: isoFromDay(asOf) },
  )
}

function settledOnBoth(index: CurveIndex | undefined, previous: EpochDay, asOf: EpochDay): boolean {
  return index !== undefined && dayIndexOf(index, previous) >= 0 && dayIndexOf(index, asOf) >= 0
}

/** The contracts that settled on the earlier day, with what became of them. */
function movesOf(
  ctx: BookContext,
  product: Product,
  index: CurveIndex,
  previous: EpochDay,
  asOf: EpochDay,
): ProductMoves {
  const { market } = ctx
  const { unit } = market.instrument(product)
  const [before, after] = [dayIndexOf(index, previous), dayIndexOf(index, asOf)]
  const contracts: ProductMoves['contracts'][number][] = []
  const calendar = market.settlementCalendar(product)
  for (let row = before < 0 ? 0 : index.offsets[before]; before >= 0 && row < index.offsets[before + 1]; row++) {
    const month = index.columns.month[row]
    const later = after < 0 ? -1 : rowOfMonth(index, after, month)
    const lastTradingDay = market.lastTradingDay(product, month)
    const rank = later < 0 ? Infinity : index.columns.rank[later]
    const delivering =
      lastTradingDay <= asOf || calendar.businessDaysBetween(asOf, lastTradingDay) <= DELIVERY_WINDOW_DAYS
    contracts.push({
      contract: market.contractCode(product, month),
      daysToExpiry: lastTradingDay - previous,
      base: index.columns.settlement[row],
      settlement: later < 0 ? Number.NaN : index.columns.settlement[later],
      fitted: rank <= RANKS && !delivering,
    })
  }
  return { product, quotePerUsdPerBbl: fromUsdPerBbl(unit, 1), contracts }
}

function contractOf(
  products: readonly ProductMoves[],
  { product, contract }: ValuedPosition,
): ProductMoves['contracts'][number] {
  return products.find((one) => one.product === product)!.contracts.find((one) => one.contract === contract)!
}

function reasonUnpriced(
  { product, month, contract }: ValuedPosition,
  indexes: ReadonlyMap<Product, CurveIndex>,
  previous: EpochDay,
  asOf: EpochDay,
): string | null {
  const index = indexes.get(product)!
  for (const day of [previous, asOf]) {
    const at = dayIndexOf(index, day)
    if (at < 0 || rowOfMonth(index, at, month) < 0) return `${contract} did not settle on ${isoFromDay(day)}`
  }
  return null
}

/** Ranks whose contract changed between the days: the one before was sold and the next bought at the earlier settlement. */
function rollsBetween(
  ctx: BookContext,
  { book, costUsdPerLot }: PnlRequest,
  previous: EpochDay,
  asOf: EpochDay,
): PnlData['rolls'] {
  const { market } = ctx
  const { lines } = ctx.config.book(book, (file) => ctx.resolveFile(file))
  return lines.flatMap((line) => {
    const read = rankOf(ctx, line)
    if (read === null) return []
    const [from, to] = [previous, asOf].map((day) => market.monthAtRank(read.product, day, read.rank))
    if (from === to) return []
    return [
      {
        position: line.contract ?? `${line.product} ${line.rank}`,
        from: market.contractCode(read.product, from),
        to: market.contractCode(read.product, to),
        lots: line.lots,
        costUsd: 2 * Math.abs(line.lots) * costUsdPerLot,
      },
    ]
  })
}

function rankOf(ctx: BookContext, { contract, product, rank }: WrittenLine): { product: Product; rank: number } | null {
  if (product !== null && rank !== null) return { product: ctx.market.resolveProduct(product), rank }
  const generic = /^([A-Z]+?)(\d{1,3})$/i.exec((contract ?? '').trim())
  const known = ctx.market.products.find((one) => one === generic?.[1].toUpperCase())
  return generic === null || known === undefined ? null : { product: known, rank: Number(generic[2]) }
}

function partsOf(rows: readonly PnlParts[]): PnlParts {
  return {
    carryUsd: sum(rows, ({ carryUsd }) => carryUsd),
    levelUsd: sum(rows, ({ levelUsd }) => levelUsd),
    slopeUsd: sum(rows, ({ slopeUsd }) => slopeUsd),
    curvatureUsd: sum(rows, ({ curvatureUsd }) => curvatureUsd),
    spreadUsd: sum(rows, ({ spreadUsd }) => spreadUsd),
    residualUsd: sum(rows, ({ residualUsd }) => residualUsd),
  }
}

/** The fitted line's rise over a year of maturity; 0 below two contracts. */
function slopePerYear(contracts: ProductMoves['contracts'], slope: Float64Array): number {
  const fitted = contracts.flatMap(({ fitted }, i) => (fitted ? [i] : []))
  if (fitted.length < 2) return 0
  const [first, last] = [fitted[0], fitted[fitted.length - 1]]
  return ((slope[last] - slope[first]) * 365) / (contracts[last].daysToExpiry - contracts[first].daysToExpiry)
}

function sum<T>(rows: readonly T[], valueOf: (row: T) => number): number {
  return rows.reduce((total, row) => total + valueOf(row), 0)
}

function sayWarnings(ctx: BookContext, { residualShare, explain, hypotheticalUsd, notPriced }: PnlData): void {
  if (residualShare !== null && residualShare > RESIDUAL_WARNING) {
    ctx.warn(
      'RESIDUAL',
      `${Math.round(explain.residualUsd)} USD of ${Math.round(hypotheticalUsd)} USD is not explained by the curves (${(100 * residualShare).toFixed(1)} %)`,
      { residualShare },
    )
  }
  for (const { position, reason } of notPriced) {
    ctx.warn('NOT_PRICED', `${position} is in no figure: ${reason}`, { position })
  }
}
