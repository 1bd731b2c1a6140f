import type { SignalsConfig } from '../config/sections/signals.js'
import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { PriceUnit, Product } from '../market/market.js'
import { compositeHistory, type CompositeHistory, type CompositeWeights } from '../signals/composite.js'
import { SIGNALS, signalNamed } from '../signals/definitions.js'
import type { SignalDefinition, SignalFamily, SignalHistory, SignalInput, SignalParameters } from '../signals/signal.js'
import { loadSignalInputs } from './signal-inputs.js'
import { signalReader, type SignalContext, type SignalReader } from './signal-reader.js'

export interface SignalHistoriesRequest {
  readonly product: Product
  /** First and last decision day of the answer; the history before goes into it all the same. */
  readonly from?: EpochDay
  readonly to?: EpochDay
  /** None means every signal of a weight. */
  readonly names?: readonly string[]
  /** In place of those of config/signals.yaml, by signal. */
  readonly parameters?: Readonly<Record<string, SignalParameters>>
}

/** A signal with the parameters it was computed with. */
export interface LoadedSignal {
  readonly definition: SignalDefinition
  readonly parameters: SignalParameters
  readonly history: SignalHistory
}

/** Every decision day of a product with what each signal said then. All arrays have the length of `days`. */
export interface SignalHistories {
  readonly product: Product
  readonly unit: PriceUnit
  /** The date that was asked for, or the last settlement of the product. */
  readonly asOf: EpochDay
  readonly days: Int32Array
  /**
   * Settlements of the contract held, joined forward: close[i + h] − close[i] is what one lot held from the settlement of
   * day i to that of day i + h earned per unit of price, rolls without their gaps. Only differences have a meaning.
   */
  readonly close: Float64Array
  /** The settlement of the contract held, as it was. */
  readonly settlement: Float64Array
  /** Contract month held, yyyymm. */
  readonly month: Int32Array
  /** Days at whose settlement the position moves to the next contract. */
  readonly rollDays: readonly EpochDay[]
  /** How the series was made, in words. */
  readonly words: string
  readonly signals: readonly LoadedSignal[]
  /** The histories of `signals`. */
  readonly histories: readonly SignalHistory[]
  /** Signals without their data, and why. */
  readonly missing: readonly { readonly name: string; readonly family: SignalFamily; readonly reason: string }[]
  readonly composite: CompositeHistory
  readonly weights: CompositeWeights
  /** Sources of all that was read. */
  readonly source: string
  readonly simulated: boolean
}

/**
 * What every signal said on every decision day, point in time: each number enters on the day from which it was known, in
 * the vintage that was known then, and a later settlement, roll or report changes nothing before it.
 * @param reader shared by several products, so that each dataset is read once
 */
export async function loadSignalHistories(
  ctx: SignalContext,
  request: SignalHistoriesRequest,
  reader: SignalReader = signalReader(ctx, ctx.asOf([request.product])),
): Promise<SignalHistories> {
  const { product, from = -Infinity, to = Infinity } = request
  const { signals: config } = ctx.config
  const wanted = request.names === undefined ? SIGNALS : request.names.map(signalNamed)
  const { inputs, series, settlement, month, missing } = await loadSignalInputs(
    ctx,
    reader,
    product,
    new Set(wanted.flatMap(({ needs }) => needs)),
  )
  const left: SignalHistories['missing'][number][] = []
  const loaded: LoadedSignal[] = []
  for (const definition of wanted) {
    const { name, family, needs } = definition
    const reason = needs.map((input: SignalInput) => missing.get(input)).find((one) => one !== undefined)
    if (reason !== undefined) {
      left.push({ name, family, reason })
      continue
    }
    const parameters = request.parameters?.[name] ?? config.signals[name].parameters
    const conflict = definition.conflict?.(parameters) ?? null
    if (conflict !== null) {
      throw new ContangoError(
        'config',
        'BAD_SIGNAL_PARAMETER',
        `signal ${name}: ${conflict}`,
        'config/signals.yaml, signals',
        { signal: name },
      )
    }
    loaded.push({ definition, parameters, history: definition.compute(inputs, parameters) })
  }
  const { days } = inputs
  const first = days.findIndex((day) => day >= from)
  const last = days.findLastIndex((day) => day <= to)
  if (first < 0 || last < first) {
    throw new ContangoError(
      'noData',
      'NO_DECISION_DAYS',
      `${product} has no settlement in that period: the lake has ${isoFromDay(days[0])} to ${isoFromDay(days[days.length - 1])}`,
      'an earlier start, or a later end',
      { product },
    )
  }
  const cut = <T extends Int32Array | Float64Array>(values: T): T => values.slice(first, last + 1) as T
  const signals = loaded.map((one) => ({ ...one, history: cutHistory(one.history, cut) }))
  const histories = signals.map(({ history }) => history)
  const weights = compositeWeights(config)
  return {
    product,
    unit: series.unit,
    asOf: reader.asOf,
    days: cut(days),
    close: cut(inputs.close),
    settlement: cut(settlement),
    month: cut(month),
    rollDays: series.rolls.map(({ day }) => day).filter((day) => day >= from && day <= to),
    words: `settlements, ${series.description.words.replace(/; unadjusted.*/, '')}; joined forward by contract-true changes`,
    signals,
    histories,
    missing: left,
    composite: compositeHistory(cut(days), histories, weights),
    weights,
    source: reader.sources().join(', '),
    simulated: reader.simulated(),
  }
}

/** Weights and thresholds of the composite as config/signals.yaml has them. */
export function compositeWeights({ composite, signals }: SignalsConfig): CompositeWeights {
  return {
    families: composite.families,
    signals: Object.fromEntries(SIGNALS.map(({ name }) => [name, signals[name].weight])),
    threshold: composite.threshold,
    fullScore: composite.fullScore,
  }
}

function cutHistory(history: SignalHistory, cut: <T extends Int32Array | Float64Array>(values: T) => T): SignalHistory {
  const { days, score, confidence, value, knownOn, period, columns } = history
  return {
    ...history,
    days: cut(days),
    score: cut(score),
    confidence: cut(confidence),
    value: cut(value),
    knownOn: cut(knownOn),
    period: period === undefined ? undefined : cut(period),
    columns: columns.map((column) => ({
      ...column,
      values: cut(column.values),
      knownOn: column.knownOn === undefined ? undefined : cut(column.knownOn),
    })),
  }
}
