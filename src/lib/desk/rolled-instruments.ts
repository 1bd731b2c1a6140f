import type { SpreadDefinition } from '../analytics/spread-definition.js'
import { joinedBars, rolledProduct, rolledSpread, type RolledLegs } from '../backtest/rolled-legs.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { continuousSeries } from '../market/continuous.js'
import { readContractCode } from '../market/contract-code.js'
import { indexCurve, rowOfMonth, type CurveIndex } from '../market/curve-index.js'
import type { Product } from '../market/market.js'
import { rollRuleInWords } from '../market/roll.js'
import type { BacktestBarsContext, BacktestBarsRequest } from './backtest-bars.js'
import type { LoadedInstrument } from './loaded-instrument.js'

const JOINED =
  'signals on levels joined as they could be known (later prices moved by the gaps of earlier rolls), fills on the contracts held; a settlement is open, high, low and close of its bar'

/** Months behind the front of which a spread is read beyond its farthest leg: what it rolls into, and legs that expire apart. */
const MONTHS_BEHIND = 4

/** The front contract of a product, rolled. */
export async function rolledInstrument(
  ctx: BacktestBarsContext,
  { roll, from }: BacktestBarsRequest,
  product: Product,
): Promise<LoadedInstrument> {
  const asOf = ctx.asOf([product])
  const { index, simulated, source } = await curveUntil(ctx, product, asOf, from, 4)
  const series = continuousSeries(ctx.market, index.columns, { roll, adjust: 'none', rank: 1 })
  const definition: SpreadDefinition = {
    name: product,
    title: product,
    unit: series.unit,
    per: 1,
    legs: [{ product, weight: 1, lots: 1, offset: 0, factor: 1 }],
  }
  const words = `contracts of ${product}, ${rollRuleInWords(roll)}; ${JOINED}`
  return joined(ctx, definition, rolledProduct(series), new Map([[product, index]]), { words, simulated, source })
}

/** A spread of config/spreads.yaml: its legs' contracts, all rolled together when the first has to leave its own. */
export async function spreadInstrument(
  ctx: BacktestBarsContext,
  { roll, from }: BacktestBarsRequest,
  definition: SpreadDefinition,
): Promise<LoadedInstrument> {
  const { name, legs } = definition
  if (roll.kind === 'open-interest' || roll.kind === 'volume') {
    throw new ContangoError(
      'usage',
      'SPREAD_ROLLS_BY_DATE',
      `${name} has legs that roll together, so it rolls by date and not by ${roll.kind}`,
      '--roll calendar:5',
      { spread: name },
    )
  }
  const products = [...new Set(legs.map(({ product }) => product))]
  const asOf = ctx.asOf(products)
  const curves = new Map<Product, CurveIndex>()
  const sources: string[] = []
  const simulated: boolean[] = []
  for (const product of products) {
    const offsets = legs.filter((leg) => leg.product === product).map(({ offset }) => offset)
    const read = await curveUntil(ctx, product, asOf, from, Math.max(...offsets) + MONTHS_BEHIND)
    curves.set(product, read.index)
    sources.push(read.source)
    simulated.push(read.simulated)
  }
  if (simulated.includes(true) && simulated.includes(false)) {
    throw new ContangoError(
      'refused',
      'SIMULATED_AND_REAL',
      `${name}: some legs are simulated and some are not: the two are never mixed`,
      'contango data ls shows which is which',
    )
  }
  const rolled = rolledSpread(ctx.market, definition, curves, roll)
  if (rolled.dropped.length > 0) {
    const { day, reason } = rolled.dropped[0]
    ctx.warn(
      'LEG_NOT_SETTLED',
      `${name}: ${rolled.dropped.length} days on which some leg did not settle are left out, the first on ${isoFromDay(day)}: ${reason}`,
      { spread: name, days: rolled.dropped.length },
    )
  }
  const composition = legs.map(({ product, lots, offset }) => `${lots} ${product}${offset > 0 ? `+${offset}` : ''}`)
  const words = `${name} as ${composition.join(', ')} in one delivery month, all legs ${rollRuleInWords(roll)} of the first to expire; ${JOINED}`
  return joined(ctx, definition, rolled, curves, {
    words,
    simulated: simulated[0],
    source: [...new Set(sources)].join(', '),
  })
}

/** One listed contract, through its last trading day; null where the name is no contract. */
export async function contractInstrument(
  ctx: BacktestBarsContext,
  { from }: BacktestBarsRequest,
  name: string,
): Promise<LoadedInstrument | null> {
  const read = readContractCode(ctx.market, name, ctx.requestedAsOf)
  if ('reason' in read) {
    if (read.code === 'NOT_A_CONTRACT' || read.code === 'UNKNOWN_ROOT') return null
    throw new ContangoError('usage', read.code, read.reason, 'contango backtest buy-hold CLZ23', { contract: name })
  }
  const { product, month } = read
  const code = ctx.market.contractCode(product, month)
  const expires = ctx.market.lastTradingDay(product, month)
  if (from !== null && from > expires) {
    throw new ContangoError(
      'refused',
      'CONTRACT_EXPIRED',
      `${code} stopped trading on ${isoFromDay(expires)}: it cannot be traded from ${isoFromDay(from)} on`,
      `contango backtest buy-hold ${product} rolls from contract to contract`,
      { contract: code, lastTradingDay: isoFromDay(expires) },
    )
  }
  const { index, simulated, source } = await curveUntil(ctx, product, ctx.requestedAsOf ?? Infinity, from, undefined)
  const days: EpochDay[] = []
  const close: number[] = []
  index.days.forEach((day, at) => {
    const row = rowOfMonth(index, at, month)
    if (row < 0 || day > expires) return
    days.push(day)
    close.push(index.columns.settlement[row])
  })
  if (days.length === 0) {
    throw new ContangoError(
      'noData',
      'CONTRACT_NOT_LISTED',
      `the lake has no settlement of ${code}`,
      `contango curve ${product}`,
      {
        contract: code,
      },
    )
  }
  const facts = ctx.market.instrument(product)
  const settled = Float64Array.from(close)
  const ended = index.days[index.days.length - 1] >= expires
  return {
    name: code,
    isFile: false,
    settles: true,
    words: `settlements of ${code}, which stops trading on ${isoFromDay(expires)} and is settled there; a settlement is open, high, low and close of its bar`,
    bars: {
      timeMs: Float64Array.from(days, (day) => day * 86_400_000),
      open: settled,
      high: settled,
      low: settled,
      close: settled,
    },
    legs: [
      {
        name: product,
        product,
        lots: 1,
        multiplier: facts.contractSize,
        weight: 1,
        tick: facts.ticks[facts.ticks.length - 1].tick,
        open: settled,
        close: settled,
        month: new Int32Array(days.length).fill(month),
        rolls: [],
      },
    ],
    multiplier: facts.contractSize,
    expiry: ended ? { bar: days.length - 1, contract: code } : undefined,
    simulated,
    source,
  }
}

function joined(
  ctx: BacktestBarsContext,
  { name, legs, per }: SpreadDefinition,
  rolled: RolledLegs,
  curves: ReadonlyMap<Product, CurveIndex>,
  about: Pick<LoadedInstrument, 'words' | 'simulated' | 'source'>,
): LoadedInstrument {
  const weights = legs.map(({ weight, factor }) => (weight * factor) / per)
  const sizes = legs.map(({ product, lots }, i) => (lots * ctx.market.instrument(product).contractSize) / weights[i])
  return {
    name,
    isFile: false,
    settles: true,
    bars: joinedBars(rolled, weights),
    legs: legs.map(({ product, lots }, i) => {
      const { contractSize, ticks } = ctx.market.instrument(product)
      const { month, close, rolls } = rolled.legs[i]
      return {
        name: product,
        product,
        lots,
        multiplier: contractSize,
        weight: weights[i],
        tick: ticks[ticks.length - 1].tick,
        open: close,
        close,
        volume: volumeOf(curves.get(product), rolled.days, month),
        month,
        rolls,
      }
    }),
    // Of a hedge that is not exact (4 gasoil against 3 Brent) the mean of its legs.
    multiplier: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
    ...about,
  }
}

async function curveUntil(
  ctx: BacktestBarsContext,
  product: Product,
  asOf: EpochDay,
  from: EpochDay | null,
  maxRank: number | undefined,
): Promise<{ readonly index: CurveIndex; readonly simulated: boolean; readonly source: string }> {
  const until = asOf === Infinity ? {} : { asOf, to: asOf }
  const { columns, provenance } = await ctx.store.readCurves(product, {
    ...until,
    from: from ?? undefined,
    maxRank,
    activity: true,
  })
  return { index: indexCurve(columns), simulated: provenance.simulated, source: provenance.source }
}

/** Volumes of the contract held; undefined where the source has none. */
function volumeOf(index: CurveIndex | undefined, days: Int32Array, month: Int32Array): Float64Array | undefined {
  const volume = index?.columns.volume
  if (index === undefined || !volume?.some((value) => value > 0)) return undefined
  let at = 0
  return Float64Array.from(days, (day, bar) => {
    while (index.days[at] < day) at++
    const row = rowOfMonth(index, at, month[bar])
    return row < 0 ? Number.NaN : volume[row]
  })
}
