import type { Config } from '../config/config.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { dayIndexOnOrBefore, rowOfMonth, type CurveIndex } from '../market/curve-index.js'
import type { Product } from '../market/market.js'
import type { PnlMatrix } from '../risk/pnl-matrix.js'
import {
  bookChanges,
  positionPnl,
  type BookChanges,
  type BookHistory,
  type PriceMode,
} from '../risk/portfolio/book-changes.js'
import type { Position } from '../risk/portfolio/position.js'
import { productsOfBook, resolveBook, type WrittenLine } from '../risk/portfolio/resolve-book.js'
import type { DeskContext } from './desk-context.js'
import { loadCurve, noSettlement, staleReason } from './load-curve.js'

/** What a question about a book asks of a command's context. */
export interface BookContext extends DeskContext {
  readonly config: DeskContext['config'] &
    Pick<Config, 'book' | 'liquidity' | 'margins' | 'riskLimits' | 'scenarios' | 'entries'>
  readonly strict: boolean
  resolveFile(file: string): string
}

/** A position and what it last settled at. */
export interface ValuedPosition extends Position {
  /** In the product's quote; may be zero or negative. */
  readonly settlement: number
  /** The day of `settlement`: the date of the answer unless the position is stale. */
  readonly settlementDay: EpochDay
}

/** A position whose contract did not settle on the date of the answer. */
export interface StalePosition {
  readonly position: string
  /** YYYY-MM-DD of the settlement that was used. */
  readonly lastSettlement: string
}

/** A book on its date. */
export interface Book {
  readonly name: string
  readonly title: string
  readonly capitalUsd: number | null
  readonly asOf: EpochDay
  readonly positions: readonly ValuedPosition[]
  readonly stalePositions: readonly StalePosition[]
  readonly sources: readonly string[]
  readonly simulated: boolean
}

/** Lines that a what-if adds to the book. */
export interface BookOptions {
  readonly trades?: readonly WrittenLine[]
}

/**
 * A book of `config/portfolios/` or a file on `ctx.asOf`, each position at its contract's settlement of that day. One
 * that did not settle keeps its last settlement and is listed as stale; under `--strict` it is refused.
 */
export async function bookOn(ctx: BookContext, reference: string, options: BookOptions = {}): Promise<Book> {
  const written = ctx.config.book(reference, (file) => ctx.resolveFile(file))
  const lines = [...written.lines, ...(options.trades ?? [])]
  const products = productsOfBook(ctx.market, lines)
  const asOf = bookDate(ctx, products)
  const positions = resolveBook(ctx.market, lines, asOf)
  const valued: ValuedPosition[] = []
  const curves = new Map<Product, Awaited<ReturnType<typeof loadCurve>>>()
  for (const product of products) {
    if (staleReason(ctx, product, asOf) !== null) throw noSettlement(ctx, product, asOf)
    curves.set(product, await loadCurve(ctx, product, { asOf, from: asOf - ctx.config.analytics.maxStaleDays }))
  }
  for (const position of positions) {
    const last = lastSettlement(curves.get(position.product)!.index, position.month, asOf)
    if (last === null) throw notListed(ctx, position, asOf)
    valued.push({ ...position, ...last })
  }
  const stalePositions = valued
    .filter(({ settlementDay }) => settlementDay !== asOf)
    .map(({ id, settlementDay }) => ({ position: id, lastSettlement: isoFromDay(settlementDay) }))
  sayStale(ctx, asOf, stalePositions)
  return {
    name: written.name,
    title: written.title,
    capitalUsd: written.capitalUsd,
    asOf,
    positions: valued,
    stalePositions,
    sources: [...new Set([...curves.values()].map(({ source }) => source))],
    simulated: [...curves.values()].some(({ simulated }) => simulated),
  }
}

/** `--as-of`, else the last day on which all of the products settled; a product without any is named. */
function bookDate(ctx: BookContext, products: readonly Product[]): EpochDay {
  const absent = products.find((product) => ctx.store.pick('curves', product) === null)
  if (absent !== undefined) throw noSettlement(ctx, absent, ctx.requestedAsOf ?? 0)
  return ctx.asOf(products)
}

function lastSettlement(
  index: CurveIndex,
  month: number,
  asOf: EpochDay,
): { settlement: number; settlementDay: EpochDay } | null {
  for (let at = dayIndexOnOrBefore(index, asOf); at >= 0; at--) {
    const row = rowOfMonth(index, at, month)
    if (row >= 0) return { settlement: index.columns.settlement[row], settlementDay: index.days[at] }
  }
  return null
}

function notListed(ctx: BookContext, { contract, product }: Position, asOf: EpochDay): ContangoError {
  const days = ctx.config.analytics.maxStaleDays
  return new ContangoError(
    'noData',
    'CONTRACT_NOT_LISTED',
    `${contract} has no settlement in the ${days} days up to ${isoFromDay(asOf)}`,
    `contango curve ${product} --as-of ${isoFromDay(asOf)} lists the contracts that settled`,
    { contract, asOf: isoFromDay(asOf) },
  )
}

function sayStale(ctx: BookContext, asOf: EpochDay, stale: readonly StalePosition[]): void {
  if (stale.length === 0) return
  const list = stale.map(({ position, lastSettlement }) => `${position} (${lastSettlement})`).join(', ')
  const message = `did not settle on ${isoFromDay(asOf)}: ${list}`
  if (ctx.strict) {
    throw new ContangoError('refused', 'STALE_POSITIONS', message, 'an earlier --as-of, or without --strict', { stale })
  }
  ctx.warn('STALE_POSITIONS', `${message}; the last settlement stands in`, { stale })
}

export interface BookPnlRequest {
  /** Price changes to use, the last ones; all where null. */
  readonly window: number | null
  readonly mode: PriceMode
  readonly history: BookHistory
  /** First and last day of a replay; the date of the book ends it in any case. */
  readonly from?: EpochDay
  readonly to?: EpochDay
}

/** The book's P&L vectors and the price changes behind them. */
export interface BookPnl {
  readonly book: Book
  readonly matrix: PnlMatrix
  readonly changes: BookChanges
  readonly dropped: readonly { readonly day: string; readonly reason: string }[]
}

/**
 * What today's positions would have gained or lost on each past common day; see {@link bookChanges}. Nothing later
 * than the date of the book is read.
 */
export async function bookPnl(ctx: BookContext, book: Book, request: BookPnlRequest): Promise<BookPnl> {
  const { window, mode, history } = request
  const { asOf, positions } = book
  const to = Math.min(request.to ?? asOf, asOf)
  const from = request.from === undefined ? windowStart(to, window) : request.from - 15
  const indexes = new Map<Product, CurveIndex>()
  for (const product of new Set(positions.map((position) => position.product))) {
    const ranks = positions.filter((position) => position.product === product).map(({ rank }) => rank)
    // the contract of a rank was one further out before the roll, two across a long closure
    const maxRank = history === 'rank' ? Math.max(...ranks) + 2 : undefined
    const { index } = await loadCurve(ctx, product, { asOf: to, from, maxRank })
    indexes.set(product, index)
  }
  const all = bookChanges(positions, indexes, history, (...where) => ctx.market.monthAtRank(...where), window)
  const changes = request.from === undefined ? all : startingOn(all, request.from)
  if (changes.days.length === 0) throw noOverlap(book, all, to)
  const matrix: PnlMatrix = {
    positions: positions.map(({ id }) => id),
    days: changes.days,
    pnlUsd: positions.map((position, j) =>
      positionPnl(position, changes, changes.settlement[j], changes.base[j], position.settlement, mode),
    ),
    exposureUsd: Float64Array.from(positions, notionalUsd),
  }
  return {
    book,
    matrix,
    changes,
    dropped: changes.dropped.map(({ day, reason }) => ({ day: isoFromDay(day), reason })),
  }
}

/** Lots × multiplier × settlement, USD, signed; negative for a long position at a negative price. */
export function notionalUsd({
  lots,
  multiplier,
  settlement,
}: Pick<ValuedPosition, 'lots' | 'multiplier' | 'settlement'>): number {
  return lots * multiplier * settlement
}

/** Calendar days that hold `window` changes with every closure in between. */
function windowStart(to: EpochDay, window: number | null): EpochDay | undefined {
  return window === null ? undefined : to - Math.ceil(window * 1.5) - 40
}

function startingOn(changes: BookChanges, from: EpochDay): BookChanges {
  const first = changes.days.findIndex((day) => day >= from)
  const at = first < 0 ? changes.days.length : first
  return {
    days: changes.days.slice(at),
    settlement: changes.settlement.map((column) => column.slice(at)),
    base: changes.base.map((column) => column.slice(at)),
    dropped: changes.dropped.filter(({ day }) => day >= from),
  }
}

function noOverlap({ positions, name }: Book, { dropped }: BookChanges, to: EpochDay): ContangoError {
  const reason = dropped.at(-1)
  return new ContangoError(
    'noData',
    'NO_COMMON_HISTORY',
    `the ${positions.length} positions of "${name}" have no price change in common up to ${isoFromDay(to)}` +
      (reason ? `: ${isoFromDay(reason.day)} ${reason.reason}` : ''),
    '--history rank gives a position the past of its rank; contango data ls shows how far the data reach',
    { book: name },
  )
}
