import { spreadSeries } from '../analytics/spread-series.js'
import type { FundamentalsConfig } from '../config/sections/fundamentals.js'
import type { SignalsConfig } from '../config/sections/signals.js'
import type { EpochDay } from '../kernel/day.js'
import { indexCurve, type CurveIndex } from '../market/curve-index.js'
import type { SeriesColumns } from '../market/dataset.js'
import type { Product } from '../market/market.js'
import type { SpreadInput } from '../signals/signal.js'
import type { Store } from '../store/types.js'
import type { DeskContext } from './desk-context.js'
import type { LoadedCurve } from './load-curve.js'
import { spreadDefinition } from './spread-definitions.js'

export type SignalContext = Omit<DeskContext, 'store' | 'config'> & {
  readonly store: Pick<Store, 'readCurves' | 'readDataset' | 'pick'>
  readonly config: DeskContext['config'] & {
    readonly signals: SignalsConfig
    readonly fundamentals: FundamentalsConfig
  }
}

/** What was read, or why there is nothing. */
export type Found<T> = { readonly value: T; readonly reason: null } | { readonly value: null; readonly reason: string }

/** What was read, each once, up to one day; several products share it. */
export interface SignalReader {
  readonly asOf: EpochDay
  curve(product: Product): Promise<LoadedCurve>
  /** Every vintage that was known by the day. */
  series(id: string): Promise<Found<SeriesColumns>>
  spread(name: string, product: Product): Promise<Found<SpreadInput>>
  /** Sources of all that was read so far. */
  sources(): string[]
  simulated(): boolean
}

/** The contract held may be the second, and the one twelve months behind it is looked at. */
const MAX_RANK = 15

export function signalReader(ctx: SignalContext, asOf: EpochDay): SignalReader {
  const curves = new Map<Product, Promise<LoadedCurve>>()
  const series = new Map<string, Promise<Found<SeriesColumns>>>()
  const spreads = new Map<string, Promise<Found<Omit<SpreadInput, 'side'>>>>()
  const sources = new Set<string>()
  let simulated = false
  const note = (from: { source: string; simulated: boolean }): void => {
    sources.add(from.source)
    simulated ||= from.simulated
  }

  const readCurve = async (product: Product): Promise<LoadedCurve> => {
    const { columns, provenance } = await ctx.store.readCurves(product, { asOf, to: asOf, maxRank: MAX_RANK })
    note(provenance)
    return { index: indexCurve(columns), source: provenance.source, simulated: provenance.simulated }
  }
  const readSeries = async (id: string): Promise<Found<SeriesColumns>> => {
    const info = ctx.store.pick('series', id)
    if (info === null) return { value: null, reason: `${id} is not in the lake` }
    const { columns, provenance } = await ctx.store.readDataset(info, { asOf, vintages: true })
    if (columns.kind !== 'series' || columns.period.length === 0) {
      return { value: null, reason: `${id} has no value that was known by then` }
    }
    note(provenance)
    return { value: columns, reason: null }
  }
  const curve = (product: Product): Promise<LoadedCurve> => remembered(curves, product, () => readCurve(product))
  const readSpread = async (name: string): Promise<Found<Omit<SpreadInput, 'side'>>> => {
    const config = ctx.config.spreads.spreads.find((one) => one.name === name)
    if (!config) return { value: null, reason: `config/spreads.yaml has no spread ${name}` }
    const definition = spreadDefinition(ctx.market, config)
    const legs = new Map<Product, CurveIndex>()
    for (const { product } of definition.legs) {
      if (ctx.store.pick('curves', product) === null) {
        return { value: null, reason: `${name} needs ${product}, which is not in the lake` }
      }
      legs.set(product, (await curve(product)).index)
    }
    const { days, values } = spreadSeries(definition, 'delivery', legs, -Infinity, asOf)
    if (days.length === 0) return { value: null, reason: `the legs of ${name} have no common day` }
    return { value: { name, title: definition.title, unit: definition.unit, days, values }, reason: null }
  }

  return {
    asOf,
    curve,
    series: (id) => remembered(series, id, () => readSeries(id)),
    async spread(name, product) {
      const found = await remembered(spreads, name, () => readSpread(name))
      if (found.value === null) return found
      const legs = ctx.config.spreads.spreads.find((one) => one.name === name)?.legs ?? []
      const own = legs.find((leg) => leg.product === product)
      if (!own) return { value: null, reason: `${name} has no leg in ${product}` }
      return { value: { ...found.value, side: own.weight > 0 ? 1 : -1 }, reason: null }
    },
    sources: () => [...sources],
    simulated: () => simulated,
  }
}

function remembered<K, V>(known: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}
