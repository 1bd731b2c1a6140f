import { rollYield } from '../analytics/roll-yield.js'
import { cutColumns, isWholeDay, sessionDayOf, type ExtraColumns, type PriceBars } from '../backtest/price-bars.js'
import { COMPOSITE, SIGNAL_PREFIX } from '../backtest/strategies/signal-strategy.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { continuousSeries } from '../market/continuous.js'
import { addMonths } from '../market/contract-month.js'
import { indexCurve, rowOfMonth } from '../market/curve-index.js'
import type { SeriesColumns } from '../market/dataset.js'
import type { Product } from '../market/market.js'
import type { RollRule } from '../market/roll.js'
import { compositeHistory } from '../signals/composite.js'
import { SIGNALS } from '../signals/definitions.js'
import { inputsUpTo } from '../signals/inputs-up-to.js'
import { lastAtOrBefore } from '../signals/last-at-or-before.js'
import { parseSignal } from '../signals/parse-signal.js'
import type { SignalDefinition, SignalHistory, SignalInputs } from '../signals/signal.js'
import { compositeWeights } from './signal-histories.js'
import { loadSignalInputs } from './signal-inputs.js'
import { signalReader, type SignalContext } from './signal-reader.js'

/** Whose columns, on which bars. */
export interface StrategyColumnsRequest {
  /** As the strategy names them: `roll-yield:1:2`, `signal:carry`, `series:WCESTUS1`. */
  readonly names: readonly string[]
  readonly bars: PriceBars
  /** null for bars that are of no product. */
  readonly product: Product | null
  /** Contract held on each bar, where it is known; else that of `roll`. */
  readonly month?: Int32Array
  readonly roll: RollRule
}

/** Columns of all the bars, and what they would be had nothing after the first `bars` of them happened. */
export interface StrategyColumns {
  readonly columns: ExtraColumns
  until(bars: number): ExtraColumns
}

/** A column from what was known on a day, at the latest that of the last bar. */
type Loaded = (asOf: EpochDay | null) => Float64Array

const KINDS =
  'settlement:1, spread:1:2 (near − far), roll-yield:1:2 (contracts from the one held, which is 1), signal:NAME, series:ID'

/**
 * Columns that a strategy asks for besides prices, on its bars. A value is that of the last settlement on
 * or before the bar's session day, of bars within a day on or before the day before. NaN where there is none.
 */
export async function loadStrategyColumns(
  ctx: SignalContext,
  { names, bars, product, month, roll }: StrategyColumnsRequest,
): Promise<StrategyColumns> {
  const days = knowledgeDays(bars)
  const loaded = new Map<string, Loaded>()
  let curve: CurveColumns | null = null
  const asOf = days.length === 0 ? 0 : days[days.length - 1]
  for (const name of names) {
    const [kind, ...words] = name.split(':')
    if (kind === 'signal') loaded.set(name, await signalColumn(ctx, name, requiredProduct(name, product), days, asOf))
    else if (kind === 'series' && words.length === 1) loaded.set(name, await seriesColumn(ctx, words[0], days, asOf))
    else {
      const of = curveColumnOf(name, kind, words)
      const deepest = Math.max(...names.map(deepestContract))
      curve ??= await curveColumns(ctx, requiredProduct(name, product), { days, asOf, month, roll, deepest })
      loaded.set(name, constant(of(curve)))
    }
  }
  const columnsOf = (day: EpochDay | null): ExtraColumns =>
    Object.fromEntries([...loaded].map(([name, column]) => [name, column(day)]))
  const cuts = new Map<number, ExtraColumns>()
  return {
    columns: columnsOf(null),
    until(count) {
      const before = cuts.get(count)
      if (before !== undefined) return before
      const cut = cutColumns(columnsOf(count === 0 ? 0 : days[count - 1]), count)
      cuts.set(count, cut)
      return cut
    },
  }
}

/** The last day whose settlement is known at the close of each bar: a bar within a day may close before it. */
function knowledgeDays(bars: PriceBars): Int32Array {
  const within = !bars.timeMs.every(isWholeDay)
  return Int32Array.from(bars.timeMs, (_, bar) => sessionDayOf(bars, bar) - (within ? 1 : 0))
}

/** What does not depend on what came later. */
const constant =
  (values: Float64Array): Loaded =>
  () =>
    values

function requiredProduct(name: string, product: Product | null): Product {
  if (product !== null) return product
  throw new ContangoError(
    'usage',
    'COLUMN_NEEDS_PRODUCT',
    `${name} is of one product, which these bars are not of`,
    'name the product as INSTRUMENT: contango backtest STRATEGY wti',
    { column: name },
  )
}

/** Prices of the contract held on each day and of those behind it. */
interface CurveColumns {
  /** Settlement of the nth contract from the one held, which is 1. */
  settlement(n: number): Float64Array
  /** Calendar days between the last trading days of two of them. */
  daysBetween(near: number, far: number): Float64Array
}

/** A roll may leave the front contract while it is still rank 1, and legs of a spread may be held longer. */
const RANKS_BEHIND = 4

/** A holiday lies between two settlements, no more. */
const STALE_DAYS = 7

async function curveColumns(
  ctx: SignalContext,
  product: Product,
  {
    days,
    asOf,
    month,
    roll,
    deepest,
  }: { days: Int32Array; asOf: EpochDay; month: Int32Array | undefined; roll: RollRule; deepest: number },
): Promise<CurveColumns> {
  const { columns } = await ctx.store.readCurves(product, {
    asOf,
    to: asOf,
    maxRank: deepest + RANKS_BEHIND,
    activity: roll.kind === 'open-interest' || roll.kind === 'volume',
  })
  const index = indexCurve(columns)
  const held = month ?? heldMonths(continuousSeries(ctx.market, columns, { roll, adjust: 'none', rank: 1 }), days)
  const at = settledAt(index.days, days)
  const expiries = new Map<number, EpochDay>()
  const expiryOf = (one: number): EpochDay => {
    const known = expiries.get(one) ?? ctx.market.lastTradingDay(product, one)
    expiries.set(one, known)
    return known
  }
  return {
    settlement: (n) =>
      Float64Array.from(held, (one, bar) => {
        const row = one === 0 || at[bar] < 0 ? -1 : rowOfMonth(index, at[bar], addMonths(one, n - 1))
        return row < 0 ? Number.NaN : columns.settlement[row]
      }),
    daysBetween: (near, far) =>
      Float64Array.from(held, (one) =>
        one === 0 ? Number.NaN : expiryOf(addMonths(one, far - 1)) - expiryOf(addMonths(one, near - 1)),
      ),
  }
}

/** Contract held on each day; 0 where nothing settled. */
function heldMonths(series: { readonly day: Int32Array; readonly month: Int32Array }, days: Int32Array): Int32Array {
  return settledAt(series.day, days).map((i) => (i < 0 ? 0 : series.month[i]))
}

/** Position of the last settlement on or before each day; −1 where there is none of that week. */
function settledAt(settled: Int32Array, days: Int32Array): Int32Array {
  return lastAtOrBefore(settled, days).map((i, bar) => (i >= 0 && days[bar] - settled[i] <= STALE_DAYS ? i : -1))
}

/** Contracts from the one held that a name reaches to; 0 where it is of no curve. */
function deepestContract(name: string): number {
  const [kind, ...words] = name.split(':')
  return kind === 'signal' || kind === 'series' ? 0 : Math.max(0, ...words.map(Number).filter(Number.isInteger))
}

function curveColumnOf(name: string, kind: string, words: readonly string[]): (curve: CurveColumns) => Float64Array {
  const contracts = words.map((word) => (/^[1-9]\d?$/.test(word) ? Number(word) : Number.NaN))
  const [near, far] = contracts
  if (contracts.every(Number.isInteger)) {
    if (kind === 'settlement' && contracts.length === 1) return (curve) => curve.settlement(near)
    if (contracts.length === 2 && near < far) {
      if (kind === 'spread') return (curve) => minus(curve.settlement(near), curve.settlement(far))
      if (kind === 'roll-yield') {
        return (curve) => {
          const distant = curve.settlement(far)
          const between = curve.daysBetween(near, far)
          return curve.settlement(near).map((price, bar) => rollYield(price, distant[bar], between[bar]))
        }
      }
    }
  }
  throw new ContangoError(
    'usage',
    'UNKNOWN_COLUMN',
    `there is no column "${name}"; there are ${KINDS}`,
    'docs/strategies.md',
    {
      column: name,
    },
  )
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i])
}

/** Score of a signal, or of the composite of all, on each day, −1 to 1, from inputs that end on the day asked for. */
async function signalColumn(
  ctx: SignalContext,
  name: string,
  product: Product,
  days: Int32Array,
  asOf: EpochDay,
): Promise<Loaded> {
  const text = name.slice(SIGNAL_PREFIX.length)
  const one = text === COMPOSITE ? null : parseSignal(text)
  const wanted = one === null ? SIGNALS : [one.definition]
  const needs = new Set(wanted.flatMap((definition) => definition.needs))
  const { inputs, missing } = await loadSignalInputs(ctx, signalReader(ctx, asOf), product, needs)
  const lacks = ({ needs: inputsOf }: SignalDefinition): string | undefined =>
    inputsOf.map((input) => missing.get(input)).find((reason) => reason !== undefined)
  const there = wanted.filter((definition) => lacks(definition) === undefined)
  if (there.length === 0) {
    throw new ContangoError(
      'noData',
      'SIGNAL_WITHOUT_DATA',
      `${name} of ${product} lacks its data: ${lacks(wanted[0])}`,
      `contango signals ${product} says which there are`,
      { signal: name, product },
    )
  }
  const { signals: config } = ctx.config
  const historyOf = (definition: SignalDefinition, known: SignalInputs): SignalHistory =>
    definition.compute(known, one?.parameters ?? config.signals[definition.name].parameters)
  return (until) => {
    const known = until === null ? inputs : inputsUpTo(inputs, until)
    const { score } =
      one === null
        ? compositeHistory(
            known.days,
            there.map((definition) => historyOf(definition, known)),
            compositeWeights(config),
          )
        : historyOf(one.definition, known)
    return Float64Array.from(settledAt(known.days, days), (i) => (i < 0 ? Number.NaN : score[i]))
  }
}

/** The newest period that was known on each day, in the vintage that was known then. */
async function seriesColumn(ctx: SignalContext, id: string, days: Int32Array, asOf: EpochDay): Promise<Loaded> {
  const found = await signalReader(ctx, asOf).series(id)
  if (found.value !== null) return constant(knownValues(found.value, days))
  throw new ContangoError('noData', 'SERIES_WITHOUT_DATA', found.reason, 'contango data ls shows what there is', {
    series: id,
  })
}

function knownValues({ period, knownOn, value }: SeriesColumns, days: Int32Array): Float64Array {
  const order = Array.from(knownOn.keys()).sort((a, b) => knownOn[a] - knownOn[b] || period[a] - period[b])
  let next = 0
  let newest = -Infinity
  let known = Number.NaN
  return Float64Array.from(days, (day) => {
    for (; next < order.length && knownOn[order[next]] <= day; next++) {
      const row = order[next]
      if (period[row] < newest) continue
      newest = period[row]
      known = value[row]
    }
    return known
  })
}
