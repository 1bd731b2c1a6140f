import type { PriceBars } from '../backtest/price-bars.js'
import { ContangoError } from '../kernel/errors.js'
import type { Product } from '../market/market.js'
import type { RollRule } from '../market/roll.js'
import type { PriceBarsFile } from '../sources/csv/price-bars-file.js'
import { loadBars, type BarsContext } from './load-bars.js'

const DAY_MS = 86_400_000

export type BacktestBarsContext = BarsContext & { readonly strict: boolean }

export interface BacktestBarsRequest {
  /** A product, or a symbol that the lake has bars of. */
  readonly instrument?: string
  readonly prices?: { readonly file: string; read(): Promise<PriceBarsFile> }
  /** auto: the joined settlements of a product, the bars of anything else. */
  readonly basis: 'auto' | 'bars' | 'settlements'
  readonly roll: RollRule
}

export interface BacktestBars {
  readonly bars: PriceBars
  readonly instrument: string | null
  readonly words: string
  /** False where levels are adjusted: their differences are true, a fraction of them is not. */
  readonly levelsArePrices: boolean
  /** USD per lot and unit of price; 1 where nothing says. */
  readonly multiplier: number
  /** In price units; null where nothing says. */
  readonly tick: number | null
  readonly simulated: boolean
  readonly source: string
}

/** Bars up to --as-of, of a file or of the lake. */
export async function loadBacktestBars(ctx: BacktestBarsContext, request: BacktestBarsRequest): Promise<BacktestBars> {
  const { instrument, prices } = request
  if (prices) return fromFile(ctx, instrument, prices)
  if (instrument === undefined) {
    throw new ContangoError(
      'usage',
      'NOTHING_TO_TRADE',
      'there is neither an INSTRUMENT nor a --prices file',
      'contango backtest ma-crossover wti, or contango backtest ma-crossover --prices FILE',
    )
  }
  const product = productOf(ctx, instrument)
  const joined = request.basis === 'settlements' || (request.basis === 'auto' && product !== null)
  const loaded = await loadBars(ctx, {
    name: instrument,
    basis: joined ? 'settlements' : 'bars',
    roll: request.roll,
    adjust: 'difference',
  })
  const { open, high, low, close } = loaded.bars
  if (!joined && product !== null) {
    ctx.warn('ROLL_GAPS', `${loaded.words}: these gaps are in the profit`, { product })
  }
  const complete = Array.from(loaded.days, (_, i) => i).filter((i) =>
    Number.isFinite(joined ? close[i] : open[i] + high[i] + low[i] + close[i]),
  )
  const left = loaded.days.length - complete.length
  if (left > 0) sayLeftOut(ctx, loaded.name, left)
  const pick = (values: Float64Array): Float64Array => Float64Array.from(complete, (i) => values[i])
  const settled = pick(close)
  const rollDays = new Set(loaded.rollDays)
  return {
    bars: {
      timeMs: Float64Array.from(complete, (i) => loaded.days[i] * DAY_MS),
      rolls: joined ? Uint8Array.from(complete, (i) => (rollDays.has(loaded.days[i]) ? 1 : 0)) : undefined,
      open: joined ? settled : pick(open),
      high: joined ? settled : pick(high),
      low: joined ? settled : pick(low),
      close: settled,
      price: loaded.held === undefined ? undefined : pick(loaded.held),
    },
    instrument: loaded.name,
    words: joined ? `${loaded.words}; a settlement is open, high, low and close of its bar` : loaded.words,
    levelsArePrices: !joined,
    ...factsOf(ctx, product),
    simulated: loaded.simulated,
    source: loaded.source,
  }
}

async function fromFile(
  ctx: BacktestBarsContext,
  instrument: string | undefined,
  prices: NonNullable<BacktestBarsRequest['prices']>,
): Promise<BacktestBars> {
  const { bars, incompleteRows } = await prices.read()
  if (incompleteRows.length > 0) sayLeftOut(ctx, prices.file, incompleteRows.length, incompleteRows[0])
  const product = instrument === undefined ? null : ctx.market.resolveProduct(instrument)
  const { requestedAsOf } = ctx
  const kept =
    requestedAsOf === null
      ? null
      : bars.timeMs.map((_, i) => i).filter((i) => bars.timeMs[i] < (requestedAsOf + 1) * DAY_MS)
  const pick = (values: Float64Array): Float64Array => (kept === null ? values : kept.map((i) => values[i]))
  return {
    bars: {
      timeMs: pick(bars.timeMs),
      open: pick(bars.open),
      high: pick(bars.high),
      low: pick(bars.low),
      close: pick(bars.close),
    },
    instrument: product,
    words: `bars of ${prices.file} as they stand there`,
    levelsArePrices: true,
    ...factsOf(ctx, product),
    simulated: false,
    source: prices.file,
  }
}

function productOf(ctx: BacktestBarsContext, text: string): Product | null {
  try {
    return ctx.market.resolveProduct(text)
  } catch {
    return null
  }
}

function factsOf(ctx: BacktestBarsContext, product: Product | null): { multiplier: number; tick: number | null } {
  if (product === null) return { multiplier: 1, tick: null }
  const { contractSize, ticks } = ctx.market.instrument(product)
  return { multiplier: contractSize, tick: ticks[ticks.length - 1].tick }
}

function sayLeftOut(ctx: BacktestBarsContext, name: string, rows: number, where?: string): void {
  const message = `${name}: ${rows} bars lack a price and are left out${where === undefined ? '' : `, the first on ${where}`}`
  if (ctx.strict)
    throw new ContangoError('refused', 'BARS_INCOMPLETE', message, 'fill them, or without --strict', { rows })
  ctx.warn('BARS_INCOMPLETE', message, { rows })
}
