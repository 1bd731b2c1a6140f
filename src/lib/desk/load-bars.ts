import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { continuousSeries, type Adjustment } from '../market/continuous.js'
import type { Product } from '../market/market.js'
import type { RollRule } from '../market/roll.js'
import type { BarField, Bars } from '../signals/indicators/indicator.js'
import type { BarFile } from '../sources/csv/bar-file.js'
import type { Store } from '../store/types.js'
import type { DeskContext } from './desk-context.js'

export type BarsContext = Pick<DeskContext, 'market' | 'requestedAsOf' | 'asOf' | 'warn'> & {
  readonly store: Pick<Store, 'readCurves' | 'readBars' | 'pick' | 'datasets'>
}

/** Whose bars, and out of what. */
export interface BarsRequest {
  /** A product or a symbol of the lake. */
  readonly name?: string
  readonly prices?: { readonly file: string; read(notAfter: EpochDay | null): Promise<BarFile> }
  /** auto: bars where the lake has them, else settlements. */
  readonly basis: 'auto' | 'bars' | 'settlements'
  readonly roll: RollRule
  readonly adjust: Exclude<Adjustment, 'ratio'>
  /** Nothing after it is read. */
  readonly to?: EpochDay
}

/** Bars up to a day, and what they are. */
export interface LoadedBars {
  readonly name: string
  readonly basis: 'bars' | 'settlements' | 'file'
  readonly words: string
  readonly unit: string | null
  readonly product: Product | null
  readonly asOf: EpochDay
  readonly days: Int32Array
  readonly bars: Bars
  /** Columns with a value on some bar. */
  readonly has: ReadonlySet<BarField>
  readonly source: string
  readonly simulated: boolean
  /** Of joined settlements: the days at whose settlement a position moves to the next contract. */
  readonly rollDays?: readonly EpochDay[]
  /** Of joined settlements: that of the contract held, as settled. */
  readonly held?: Float64Array
}

/** Whole history up to `to` and the as-of date: warm-up needs the bars before the first one shown. */
export async function loadBars(ctx: BarsContext, request: BarsRequest): Promise<LoadedBars> {
  const loaded = await load(ctx, request)
  const { days } = loaded
  if (days.length > 0) {
    if (request.to === undefined) warnOfEarlierBar(ctx, loaded)
    return loaded
  }
  const limits = [request.to, ctx.requestedAsOf].filter((day) => day != null)
  throw new ContangoError(
    'noData',
    'NO_BARS',
    `${loaded.name} has no bars${limits.length === 0 ? '' : ` up to ${isoFromDay(Math.min(...limits))}`}`,
    'a later --to or --as-of, or a file with rows; contango data ls shows what the lake has',
    { name: loaded.name },
  )
}

/** The answer of a day without a bar is of the last one before it: said, because it may be years old. */
function warnOfEarlierBar(ctx: BarsContext, { name, asOf, days }: LoadedBars): void {
  const last = days[days.length - 1]
  if (last === asOf) return
  ctx.warn('AS_OF_WITHOUT_BAR', `no bar of ${name} on ${isoFromDay(asOf)}: the answer is of ${isoFromDay(last)}`, {
    asOf: isoFromDay(asOf),
    date: isoFromDay(last),
  })
}

async function load(ctx: BarsContext, request: BarsRequest): Promise<LoadedBars> {
  const { name, prices } = request
  if ((name === undefined) === (prices === undefined)) {
    throw new ContangoError(
      'usage',
      'ONE_SOURCE_OF_BARS',
      name === undefined ? 'there is neither a product nor a --prices file' : 'give a product or --prices, not both',
      'contango indicators wti, or contango indicators --prices FILE',
    )
  }
  if (prices !== undefined) return fromFile(ctx, request, prices)
  const { product, symbol } = nameInLake(ctx, name ?? '')
  const info = request.basis === 'settlements' ? null : ctx.store.pick('bars', symbol)
  if (info !== null) return fromBars(ctx, request, symbol, product, info.last)
  if (request.basis === 'bars' || product === null) {
    const there = ctx.store.datasets({ kind: 'bars' }).map((one) => one.name)
    throw new ContangoError(
      'noData',
      'NO_BARS',
      `the lake has no bars of ${symbol}; it has ${[...new Set(there)].join(', ') || 'none'}`,
      product === null ? 'contango data ls shows what is there' : `contango indicators ${name} --basis settlements`,
      { symbol },
    )
  }
  return fromSettlements(ctx, request, product)
}

/** A product by any of its names, else a symbol that the lake has bars of; an unknown name is the market's to refuse. */
function nameInLake(ctx: BarsContext, text: string): { product: Product | null; symbol: string } {
  const symbol = [text, text.toUpperCase()].find((one) => ctx.store.datasets({ kind: 'bars', name: one }).length > 0)
  if (symbol !== undefined) {
    const product = ctx.market.products.find((one) => one === symbol) ?? null
    return { product, symbol }
  }
  try {
    const product = ctx.market.resolveProduct(text)
    return { product, symbol: product }
  } catch (error) {
    const { message, hint, kind, code, details } = error as ContangoError
    const there = [...new Set(ctx.store.datasets({ kind: 'bars' }).map((one) => one.name))]
    if (!(error instanceof ContangoError) || there.length === 0) throw error
    throw new ContangoError(kind, code, `${message}; the lake has bars of ${there.join(', ')}`, hint, details)
  }
}

async function fromFile(
  ctx: BarsContext,
  { to }: BarsRequest,
  prices: NonNullable<BarsRequest['prices']>,
): Promise<LoadedBars> {
  const limits = [to, ctx.requestedAsOf].filter((day) => day != null)
  const { days, ...bars } = await prices.read(limits.length === 0 ? null : Math.min(...limits))
  return {
    name: prices.file,
    basis: 'file',
    words: `bars of ${prices.file} as they stand there`,
    unit: null,
    product: null,
    asOf: ctx.requestedAsOf ?? (days.length > 0 ? days[days.length - 1] : 0),
    days,
    bars,
    has: fieldsOf(bars),
    source: prices.file,
    simulated: false,
  }
}

async function fromBars(
  ctx: BarsContext,
  { to }: BarsRequest,
  symbol: string,
  product: Product | null,
  last: EpochDay,
): Promise<LoadedBars> {
  const asOf = ctx.requestedAsOf ?? last
  const { columns, provenance } = await ctx.store.readBars(symbol, { asOf, to: Math.min(asOf, to ?? asOf) })
  const { open, high, low, close, volume, sessionDay, unit } = columns
  const bars = { open, high, low, close, volume }
  return {
    name: symbol,
    basis: 'bars',
    words:
      product === null
        ? `bars of ${symbol} as delivered`
        : `bars of ${symbol} as delivered: the front month, with the gap of each roll between two bars`,
    unit,
    product,
    asOf,
    days: sessionDay,
    bars,
    has: fieldsOf(bars),
    source: provenance.source,
    simulated: provenance.simulated,
  }
}

async function fromSettlements(
  ctx: BarsContext,
  { to, roll, adjust }: BarsRequest,
  product: Product,
): Promise<LoadedBars> {
  const asOf = ctx.asOf([product])
  const { columns, provenance } = await ctx.store.readCurves(product, {
    asOf,
    to: Math.min(asOf, to ?? asOf),
    maxRank: 4,
    activity: roll.kind === 'open-interest' || roll.kind === 'volume',
  })
  const series = continuousSeries(ctx.market, columns, { roll, adjust, rank: 1 })
  const none = new Float64Array(series.day.length).fill(Number.NaN)
  return {
    name: product,
    basis: 'settlements',
    words: `settlements, ${series.description.words}`,
    unit: series.unit,
    product,
    asOf,
    days: series.day,
    bars: { open: none, high: none, low: none, close: series.adjusted, volume: none },
    has: new Set<BarField>(['close']),
    source: provenance.source,
    simulated: provenance.simulated,
    rollDays: series.rolls.map(({ day }) => day),
    held: series.settlement,
  }
}

function fieldsOf(bars: Bars): ReadonlySet<BarField> {
  const fields = ['open', 'high', 'low', 'close', 'volume'] as const
  return new Set(fields.filter((field) => bars[field].some(Number.isFinite)))
}
