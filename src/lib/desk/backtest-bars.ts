import { barsPerYear } from '../backtest/bars-per-year.js'
import { isWholeDay, sessionDayOf, sessionEnds, utcDays, type PriceBars } from '../backtest/price-bars.js'
import type { SpreadsConfig } from '../config/sections/spreads.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Product } from '../market/market.js'
import { sessionDays } from '../market/session-days.js'
import type { RollRule } from '../market/roll.js'
import type { PriceBarsFile } from '../sources/csv/price-bars-file.js'
import { loadBars, type BarsContext } from './load-bars.js'
import { contractInstrument, rolledInstrument, spreadInstrument } from './rolled-instruments.js'
import type { LoadedInstrument, SessionClock } from './loaded-instrument.js'
import { rankSpread } from './rank-spread.js'
import { selectSpreads, spreadDefinition } from './spread-definitions.js'

const DAY_MS = 86_400_000

export type BacktestBarsContext = BarsContext & {
  readonly strict: boolean
  readonly config: { readonly spreads: SpreadsConfig }
}

export interface BacktestBarsRequest {
  /** Names with commas between: products, spreads of config/spreads.yaml, two contracts (wti:1:3), contracts, or symbols that the lake has bars of. */
  readonly instrument?: string
  readonly prices?: { readonly file: string; read(withVolume: boolean): Promise<PriceBarsFile> }
  /** auto: the contracts of a product, the bars of a symbol. */
  readonly basis: 'auto' | 'bars' | 'settlements'
  readonly roll: RollRule
  /** Nothing before it is read. */
  readonly from: EpochDay | null
  /** By which figures are annualised; null takes the calendar of the bars. */
  readonly barsPerYear?: number | null
}

/**
 * What is traded, up to --as-of: of a file or of the lake.
 * @param withVolume volumes are read too
 */
export async function loadInstruments(
  ctx: BacktestBarsContext,
  request: BacktestBarsRequest,
  withVolume: boolean,
): Promise<readonly LoadedInstrument[]> {
  const { instrument, prices } = request
  const annualised = (one: LoadedInstrument): LoadedInstrument => {
    const { barsPerYear } = request
    return barsPerYear == null ? one : { ...one, bars: { ...one.bars, barsPerYear } }
  }
  if (prices) return [annualised(await fromFile(ctx, request, prices, withVolume))]
  const names = (instrument ?? '').split(',').map((name) => name.trim())
  if (instrument === undefined || names.includes('')) {
    throw new ContangoError(
      'usage',
      'NOTHING_TO_TRADE',
      instrument === undefined
        ? 'there is neither an INSTRUMENT nor a --prices file'
        : `"${instrument}" names an instrument that is blank`,
      'contango backtest ma-crossover wti, contango backtest ma-crossover wti,brent or contango backtest ma-crossover --prices FILE',
    )
  }
  const loaded: LoadedInstrument[] = []
  for (const name of names) {
    const one = annualised(await fromLake(ctx, request, name))
    if (loaded.some((other) => other.name === one.name)) {
      throw new ContangoError(
        'usage',
        'INSTRUMENT_TWICE',
        `${one.name} is named twice in "${instrument}"`,
        'name each once; --lots says how many',
        { instrument: one.name },
      )
    }
    loaded.push(one)
  }
  const simulated = loaded.filter((one) => one.simulated)
  if (simulated.length > 0 && simulated.length < loaded.length) {
    throw new ContangoError(
      'refused',
      'SIMULATED_AND_REAL',
      `${simulated.map(({ name }) => name).join(', ')} is simulated and the rest is not: the two are never mixed`,
      'contango data ls shows which is which',
    )
  }
  return loaded
}

async function fromLake(
  ctx: BacktestBarsContext,
  request: BacktestBarsRequest,
  name: string,
): Promise<LoadedInstrument> {
  const { basis } = request
  if (basis !== 'bars') {
    if (ctx.config.spreads.spreads.some((spread) => spread.name === name)) {
      return spreadInstrument(
        ctx,
        request,
        spreadDefinition(ctx.market, selectSpreads(ctx.config.spreads.spreads, [name])[0]),
      )
    }
    const ranks = rankSpread(ctx.market, name)
    if (ranks !== null) return spreadInstrument(ctx, request, ranks)
    const product = productOf(ctx, name)
    if (product !== null) return rolledInstrument(ctx, request, product)
    const contract = await contractInstrument(ctx, request, name)
    if (contract !== null) return contract
  }
  return fromBars(ctx, request, name)
}

async function fromBars(
  ctx: BacktestBarsContext,
  { basis, roll, from }: BacktestBarsRequest,
  name: string,
): Promise<LoadedInstrument> {
  const loaded = await loadBars(ctx, {
    name,
    basis: basis === 'settlements' ? 'settlements' : 'bars',
    roll,
    adjust: 'difference',
  })
  if (loaded.product !== null) {
    ctx.warn('ROLL_GAPS', `${loaded.words}: these gaps are in the profit`, { product: loaded.product })
  }
  const { open, high, low, close } = loaded.bars
  const within = Array.from(loaded.days, (_, i) => i).filter((i) => loaded.days[i] >= (from ?? -Infinity))
  const complete = within.filter((i) => Number.isFinite(open[i] + high[i] + low[i] + close[i]))
  if (complete.length < within.length) sayLeftOut(ctx, loaded.name, within.length - complete.length)
  const pick = (values: Float64Array): Float64Array => Float64Array.from(complete, (i) => values[i])
  return plain(
    ctx,
    loaded.name,
    loaded.product,
    {
      timeMs: Float64Array.from(complete, (i) => loaded.days[i] * DAY_MS),
      open: pick(open),
      high: pick(high),
      low: pick(low),
      close: pick(close),
      volume: loaded.has.has('volume') ? pick(loaded.bars.volume) : undefined,
    },
    loaded,
  )
}

async function fromFile(
  ctx: BacktestBarsContext,
  { instrument, from }: BacktestBarsRequest,
  prices: NonNullable<BacktestBarsRequest['prices']>,
  withVolume: boolean,
): Promise<LoadedInstrument> {
  const { bars, incompleteRows } = await prices.read(withVolume)
  if (incompleteRows.length > 0) sayLeftOut(ctx, prices.file, incompleteRows.length, incompleteRows[0])
  const product = instrument === undefined ? null : ctx.market.resolveProduct(instrument)
  const sessions = sessionsOf(ctx, product, bars.timeMs)
  const dated = { timeMs: bars.timeMs, sessionDay: sessions?.days }
  const first = from ?? -Infinity
  const last = ctx.requestedAsOf ?? Infinity
  const kept =
    from === null && ctx.requestedAsOf === null
      ? null
      : Array.from(bars.timeMs.keys()).filter((i) => sessionDayOf(dated, i) >= first && sessionDayOf(dated, i) <= last)
  const pick = (values: Float64Array): Float64Array =>
    kept === null ? values : Float64Array.from(kept, (i) => values[i])
  const days = sessions === null || kept === null ? sessions?.days : Int32Array.from(kept, (i) => sessions.days[i])
  const timeMs = pick(bars.timeMs)
  const words = `bars of ${prices.file} as they stand there${sessions?.words ?? ''}`
  return plain(
    ctx,
    product ?? prices.file,
    product,
    {
      timeMs,
      open: pick(bars.open),
      high: pick(bars.high),
      low: pick(bars.low),
      close: pick(bars.close),
      volume: bars.volume && pick(bars.volume),
      sessionDay: days,
      sessionEnd: days && sessionEnds(days),
      barsPerYear: barsPerYear({ timeMs, sessionDay: days }),
    },
    { words, simulated: false, source: prices.file, session: sessions?.clock },
  )
}

/** Sessions of bars that have a time of day: by the clock of the product's exchange, else UTC dates; null where each bar is a day. */
function sessionsOf(
  ctx: BacktestBarsContext,
  product: Product | null,
  timeMs: Float64Array,
): { readonly days: Int32Array; readonly words: string; readonly clock?: SessionClock } | null {
  if (timeMs.every(isWholeDay)) return null
  if (product === null) {
    return {
      days: utcDays(timeMs),
      words: '; a session is a UTC date: no INSTRUMENT says whose clock counts',
    }
  }
  const { market } = ctx // read only where it is needed: bars of no product ask nothing of it
  const facts = market.instrument(product)
  const { open, close } = facts.session
  return {
    days: sessionDays(timeMs, facts, market.settlementCalendar(product)),
    words: `; sessions of ${product}, ${open} to ${close} by the clock of ${facts.zone}${open > close ? ': an evening belongs to the next date' : ''}`,
    clock: { zone: facts.zone, open, close },
  }
}

/** Bars that are themselves what is traded. */
function plain(
  ctx: BacktestBarsContext,
  name: string,
  product: Product | null,
  bars: PriceBars,
  { words, simulated, source, session }: Pick<LoadedInstrument, 'words' | 'simulated' | 'source' | 'session'>,
): LoadedInstrument {
  const facts = product === null ? null : ctx.market.instrument(product)
  const multiplier = facts?.contractSize ?? 1
  const tick = facts === null ? null : facts.ticks[facts.ticks.length - 1].tick
  const { open, close, volume } = bars
  return {
    name,
    isFile: product === null && name === source,
    words,
    bars,
    legs: [{ name, product, lots: 1, multiplier, weight: 1, tick, open, close, volume, rolls: [] }],
    multiplier,
    settles: false,
    simulated,
    source,
    session,
  }
}

function productOf(ctx: BacktestBarsContext, text: string): Product | null {
  try {
    return ctx.market.resolveProduct(text)
  } catch {
    return null
  }
}

function sayLeftOut(ctx: BacktestBarsContext, name: string, rows: number, where?: string): void {
  const message = `${name}: ${rows === 1 ? 'a bar lacks a price and is' : `${rows} bars lack a price and are`} left out${where === undefined ? '' : `, the first on ${where}`}`
  if (ctx.strict)
    throw new ContangoError('refused', 'BARS_INCOMPLETE', message, 'fill them, or without --strict', { rows })
  ctx.warn('BARS_INCOMPLETE', message, { rows })
}
