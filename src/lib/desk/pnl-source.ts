import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import {
  bookSample,
  changesBetween,
  changesPnl,
  columnSample,
  lastChanges,
  returnSample,
  type HeldColumn,
  type PriceChanges,
} from '../risk/changes-pnl.js'
import type { PnlSample } from '../risk/methods/risk-method.js'
import { checkPnlMatrix, totalPnl, type PnlMatrix } from '../risk/pnl-matrix.js'
import type { BookHistory, PriceMode } from '../risk/portfolio/book-changes.js'
import { tenorBucket } from '../risk/portfolio/tenor-bucket.js'
import type { PriceFile } from '../sources/csv/price-file.js'
import { bookOn, bookPnl, type BookContext, type StalePosition } from './book-on.js'
import { heldColumns } from './held-columns.js'

/** Where P&L comes from, as a command line says it. */
export interface PnlRequest {
  readonly book?: string
  readonly prices?: {
    readonly file: string
    readonly positions: readonly string[]
    readonly multipliers: readonly string[]
    /** Reads the columns up to a day; null for all. */
    read(columns: readonly string[], notAfter: EpochDay | null): Promise<PriceFile>
  }
  readonly mode: PriceMode
  readonly history: BookHistory
  /** `returns`: one column of a price file, P&L being its return. */
  readonly unit: 'USD' | 'return'
}

/** Price changes of what is held, and how positions belong together. */
export interface PnlSource {
  readonly source: 'book' | 'prices'
  readonly name: string
  readonly asOf: EpochDay
  readonly held: readonly HeldColumn[]
  readonly changes: PriceChanges
  readonly matrix: PnlMatrix
  readonly groupings: readonly { readonly by: string; readonly groupOf: readonly string[] }[]
  /** Positions of a book whose contract did not settle on `asOf`; none of a price file. */
  readonly stalePositions: readonly StalePosition[]
  readonly simulated: boolean
  readonly sources: readonly string[]
}

/** Which price changes to use: the last ones (all where null), or those of a period. */
export type PnlPeriod = { readonly window: number | null } | { readonly from: EpochDay; readonly to: EpochDay }

/** What is held, read once; its P&L over any period then follows. */
export interface OpenPnl {
  over(period: PnlPeriod): Promise<PnlSource>
}

/** Reads a book, or columns of a price file. */
export async function openPnl(ctx: BookContext, request: PnlRequest): Promise<OpenPnl> {
  const opened = request.book === undefined ? await openPrices(ctx, request) : await openBook(ctx, request)
  return {
    async over(period) {
      const loaded = await opened.over(period)
      checkPnlMatrix(loaded.matrix)
      checkMoves(loaded.matrix)
      return loaded
    },
  }
}

async function openBook(ctx: BookContext, request: PnlRequest): Promise<OpenPnl> {
  const { mode, history } = request
  const book = await bookOn(ctx, request.book ?? '')
  const held = book.positions.map(({ id, lots, multiplier }) => ({ id, lots, multiplier }))
  const groupings = [
    { by: 'instrument', groupOf: book.positions.map(({ product }) => product) },
    { by: 'tenor', groupOf: book.positions.map(({ rank }) => tenorBucket(rank)) },
    { by: 'strategy', groupOf: book.positions.map(({ strategy }) => strategy) },
  ]
  return {
    async over(period) {
      const { matrix, changes } = await bookPnl(ctx, book, { window: null, mode, history, ...period })
      const { name, asOf, stalePositions, simulated, sources } = book
      return { source: 'book', name, asOf, held, changes, matrix, groupings, stalePositions, simulated, sources }
    },
  }
}

async function openPrices(ctx: BookContext, request: PnlRequest): Promise<OpenPnl> {
  const { prices, mode, unit } = request
  if (prices === undefined || prices.positions.length === 0) {
    throw new ContangoError(
      'usage',
      'NOTHING_TO_MEASURE',
      prices === undefined ? 'there is neither a --book nor a --prices file' : '--prices needs at least one --position',
      'contango var --book NAME, or --prices FILE --position COLUMN=LOTS --multiplier COLUMN=1000',
    )
  }
  const held = heldColumns(prices.positions, prices.multipliers)
  if (unit === 'return' && held.length > 1) {
    throw new ContangoError('usage', 'ONE_COLUMN', '--in returns runs one column: give one --position')
  }
  const { file } = prices
  const { days, columns, incompleteDays } = await prices.read(
    held.map(({ id }) => id),
    ctx.requestedAsOf,
  )
  if (days.length < 2) {
    throw new ContangoError(
      'noData',
      'TOO_FEW_PRICES',
      `${file} has ${days.length} days on which ${held.map(({ id }) => id).join(', ')} all have a price`,
      'a change needs two of them',
    )
  }
  if (incompleteDays.length > 0) sayIncomplete(ctx, file, incompleteDays)
  const all: PriceChanges = {
    days: days.slice(1),
    settlement: columns.map((column) => column.slice(1)),
    base: columns.map((column) => column.slice(0, -1)),
  }
  return { over: async (period) => pricesOver(period) }

  function pricesOver(period: PnlPeriod): PnlSource {
    const changes = 'window' in period ? lastChanges(all, period.window) : changesBetween(all, period.from, period.to)
    if (changes.days.length === 0) {
      throw new ContangoError('noData', 'TOO_FEW_PRICES', `${file} has no price change in the period`)
    }
    const lastPrices = columns.map((column) => column[column.length - 1])
    return {
      source: 'prices',
      name: file,
      asOf: days[days.length - 1],
      held,
      changes,
      matrix: changesPnl(held, changes, lastPrices, mode),
      groupings: [],
      stalePositions: [],
      simulated: false,
      sources: [file],
    }
  }
}

function sayIncomplete(ctx: BookContext, file: string, days: readonly EpochDay[]): void {
  const message = `${file}: a price is blank on ${days.length} days, the first ${isoFromDay(days[0])}; a change spans each of them`
  if (ctx.strict) {
    throw new ContangoError('refused', 'PRICES_MISSING', message, 'fill them, or without --strict', { file })
  }
  ctx.warn('PRICES_MISSING', message, { days: days.length })
}

/** What the methods look at. */
export function sampleOfSource({ source, held, changes, matrix }: PnlSource, request: PnlRequest): PnlSample {
  const { mode, unit } = request
  if (unit === 'return') return returnSample(held[0], changes, mode)
  if (source === 'prices' && held.length === 1) return columnSample(held[0], changes, mode, matrix)
  return bookSample(matrix)
}

/** Prices that stand still, or positions that cancel to the cent, have no risk that history could show. */
function checkMoves(matrix: PnlMatrix): void {
  const total = totalPnl(matrix)
  let largest = 0
  let size = 0
  matrix.pnlUsd.forEach((pnl) => pnl.forEach((value) => (size = Math.max(size, Math.abs(value)))))
  for (const value of total) largest = Math.max(largest, Math.abs(value - total[0]))
  if (total.length >= 2 && !(largest > 1e-12 * size)) {
    throw new ContangoError(
      'numeric',
      'NO_VARIANCE',
      size === 0
        ? `the prices of ${matrix.positions.join(', ')} stand still over ${total.length} changes`
        : `the P&L of ${matrix.positions.join(', ')} together is the same on every day: the positions cancel`,
      'no method can measure risk that history does not show; look at the data and the positions',
    )
  }
}
