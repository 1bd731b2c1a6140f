import type { SignalsConfig } from '../config/sections/signals.js'
import { lowerBound } from '../kernel/lower-bound.js'
import { continuousSeries, type ContinuousSeries } from '../market/continuous.js'
import type { Product } from '../market/market.js'
import { curvePoints } from '../signals/curve-points.js'
import { forwardJoined } from '../signals/forward-joined.js'
import type {
  OpecInput,
  PositionsInput,
  SignalInput,
  SignalInputs,
  StocksInput,
  TurnaroundsInput,
} from '../signals/signal.js'
import type { Found, SignalContext, SignalReader } from './signal-reader.js'

/** Inputs of one product, and why some are not there. */
export interface LoadedSignalInputs {
  readonly inputs: SignalInputs
  /** The settlements behind `inputs.close`. */
  readonly series: ContinuousSeries
  /** Of the contract held, and its month, on `inputs.days`. */
  readonly settlement: Float64Array
  readonly month: Int32Array
  readonly missing: ReadonlyMap<SignalInput, string>
}

type ProductConfig = NonNullable<SignalsConfig['products'][Product]>

/** Nothing named: what a product without an entry has. */
const NOTHING: ProductConfig = {
  crack: null,
  calendar: null,
  stocks: null,
  positions: null,
  opec: false,
  refining: null,
}

/** Reads what the signals of one product need: `needs` names it, and nothing else is read. */
export async function loadSignalInputs(
  ctx: SignalContext,
  reader: SignalReader,
  product: Product,
  needs: ReadonlySet<SignalInput>,
): Promise<LoadedSignalInputs> {
  const { signals } = ctx.config
  const named = signals.products[product] ?? NOTHING
  const { roll } = signals
  const { index } = await reader.curve(product)
  const activity = roll.kind === 'open-interest' || roll.kind === 'volume'
  const columns = activity
    ? (await ctx.store.readCurves(product, { asOf: reader.asOf, to: reader.asOf, maxRank: 4, activity })).columns
    : index.columns
  const series = continuousSeries(ctx.market, columns, { roll, adjust: 'none', rank: 1 })
  const keep = daysWithoutHoles(series)
  const pick = <T extends Int32Array | Float64Array>(values: T): T => values.filter((_, i) => keep[i] === 1) as T
  const days = pick(series.day)
  const missing = new Map<SignalInput, string>()
  const read = async <T>(input: SignalInput, load: () => Promise<Found<T>>): Promise<T | null> => {
    if (!needs.has(input)) return null
    const found = await load()
    if (found.reason !== null) missing.set(input, found.reason)
    return found.value
  }
  const unnamed = (what: string): { value: null; reason: string } => ({
    value: null,
    reason: `config/signals.yaml names no ${what} for ${product}`,
  })
  const { crack, calendar, stocks, positions, opec, refining } = named
  const inputs: SignalInputs = {
    product,
    unit: series.unit,
    days,
    close: pick(forwardJoined(series.settlement[0], series.change)),
    curve: curvePoints(ctx.market, index, days, pick(series.month)),
    carry: ctx.config.analytics.carry,
    crack: await read('crack', async () => (crack === null ? unnamed('crack') : reader.spread(crack, product))),
    calendar: await read('calendar', async () =>
      calendar === null ? unnamed('calendar spread') : reader.spread(calendar, product),
    ),
    stocks: await read<StocksInput>('stocks', async () => {
      if (stocks === null) return unnamed('stocks')
      const one = ctx.config.fundamentals.inventory.series.find(({ name }) => name === stocks)
      if (!one) return { value: null, reason: `config/fundamentals.yaml has no stocks ${stocks}` }
      const found = await reader.series(one.id)
      return found.value === null ? found : { value: { title: one.title, series: found.value }, reason: null }
    }),
    positions: await read('positions', async () =>
      positions === null ? unnamed('positions') : positionsOf(ctx, reader, positions),
    ),
    opec: await read('opec', async () => (opec ? opecOf(ctx, reader) : unnamed('OPEC'))),
    turnarounds: await read('turnarounds', async () =>
      refining === null ? unnamed('side in refining') : turnaroundsOf(reader, refining),
    ),
  }
  return { inputs, series, settlement: pick(series.settlement), month: pick(series.month), missing }
}

/**
 * Where the data has no price of a contract on the day of a roll, the roll is made at the last settlement before it that
 * has both. Nobody knew that in between: those days are no decision days.
 */
function daysWithoutHoles({ day, rolls }: ContinuousSeries): Uint8Array {
  const keep = new Uint8Array(day.length).fill(1)
  for (const roll of rolls) {
    for (let i = lowerBound(day, roll.day + 1); i < day.length && day[i] <= roll.scheduled; i++) keep[i] = 0
  }
  return keep
}

const GROUPS = [
  ['MM', 'managed money'],
  ['NONCOMM', 'non-commercial traders'],
] as const

async function positionsOf(ctx: SignalContext, reader: SignalReader, product: Product): Promise<Found<PositionsInput>> {
  const { codes, name } = ctx.market.instrument(product)
  if (codes.cftc === null) return { value: null, reason: `${name} has no contract market at the CFTC` }
  const openInterest = await reader.series(`CFTC_${codes.cftc}_OI`)
  for (const [part, group] of GROUPS) {
    const long = await reader.series(`CFTC_${codes.cftc}_${part}_LONG`)
    const short = await reader.series(`CFTC_${codes.cftc}_${part}_SHORT`)
    if (long.value === null || short.value === null || openInterest.value === null) continue
    return {
      value: { title: group, long: long.value, short: short.value, openInterest: openInterest.value },
      reason: null,
    }
  }
  return { value: null, reason: `no positions in ${codes.cftc} (${name}) that were known by then` }
}

async function opecOf(ctx: SignalContext, reader: SignalReader): Promise<Found<OpecInput>> {
  const members: OpecInput['members'][number][] = []
  for (const [country, name] of ctx.config.fundamentals.opec.countries) {
    const quota = await reader.series(`OPEC_QUOTA_${country}`)
    const baseline = await reader.series(`OPEC_BASELINE_${country}`)
    if (quota.value === null || baseline.value === null) continue
    const production = await reader.series(`COPR_${country}`)
    if (production.value !== null) {
      members.push({ name, production: production.value, baseline: baseline.value, quota: quota.value })
    }
  }
  if (members.length > 0) return { value: { members }, reason: null }
  return {
    value: null,
    reason: 'no member has both a quota and production that were known by then: contango fetch opec-quotas FILE',
  }
}

async function turnaroundsOf(reader: SignalReader, side: TurnaroundsInput['side']): Promise<Found<TurnaroundsInput>> {
  const found = await reader.series('TURNAROUND_ALL')
  if (found.value === null) return { value: null, reason: `${found.reason}: contango fetch turnarounds FILE` }
  return { value: { series: found.value, side }, reason: null }
}
