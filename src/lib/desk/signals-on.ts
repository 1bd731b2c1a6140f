import type { ProductSignals, SignalsData } from '../documents/signals.js'
import { dayFromIso, isoDays, isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Product } from '../market/market.js'
import { rollRuleInWords } from '../market/roll.js'
import { SIGNALS } from '../signals/definitions.js'
import { parseSignal } from '../signals/parse-signal.js'
import { directionOf, SIGNAL_FAMILIES, type SignalHistory, type SignalParameters } from '../signals/signal.js'
import { noSettlement, productsInLake, staleReason, warnNotSettled } from './load-curve.js'
import { loadSignalHistories, type LoadedSignal, type SignalHistories } from './signal-histories.js'
import { signalReader, type SignalContext, type SignalReader } from './signal-reader.js'

export interface SignalsRequest {
  /** As typed; `all` means every product of config/signals.yaml that the lake has. */
  readonly products: readonly string[]
  /** `rsi`, `rsi:10`; none means all. */
  readonly signals: readonly string[]
  /** `FROM..TO`; null for the last day only. */
  readonly history: string | null
}

export interface SignalsAnswer {
  readonly asOf: EpochDay
  readonly data: SignalsData
  /** One for each product that has an answer. */
  readonly products: readonly { readonly answer: ProductSignals; readonly histories: SignalHistories }[]
  /** What `--history` asked for, or null. */
  readonly period: Period | null
  readonly source: string
  readonly simulated: boolean
}

interface Period {
  readonly from: EpochDay
  readonly to: EpochDay
}

type Signals = ProductSignals['signals']
type Composite = ProductSignals['composite']

/** Signals that the composite's reasons name. */
const NAMED_REASONS = 5

/** What the signals of one product, or of several, say on `--as-of`, with reasons; and on each day of a period. */
export async function signalsOn(ctx: SignalContext, request: SignalsRequest): Promise<SignalsAnswer> {
  const { signals: config } = ctx.config
  const period = request.history === null ? null : parsePeriod(request.history)
  const chosen = request.signals.map(parseSignal)
  const names = chosen.length === 0 ? undefined : [...new Set(chosen.map(({ definition }) => definition.name))]
  const parameters = Object.fromEntries(
    chosen.flatMap((one) => (one.parameters === null ? [] : [[one.definition.name, one.parameters] as const])),
  )
  const { products, isAll } = requestedProducts(ctx, request.products)
  const asOf = ctx.asOf(products)
  const reader = signalReader(ctx, asOf)
  const answers: SignalsAnswer['products'][number][] = []
  const skipped: { product: string; reason: string }[] = []
  const one = { names, parameters, period }
  for (const product of products) {
    try {
      answers.push(await productOn(ctx, reader, product, one))
    } catch (error) {
      // of several products one without an answer is named, and the others are answered
      if (products.length === 1 || !(error instanceof ContangoError) || error.kind !== 'noData') throw error
      skipped.push({ product, reason: error.message })
    }
  }
  if (answers.length === 0) {
    throw new ContangoError('noData', 'NO_SIGNALS', skipped.map(({ reason }) => reason).join('; '), undefined, {
      skipped,
    })
  }
  // a period that ends earlier asked for no answer of today
  if ((period?.to ?? Infinity) >= asOf) {
    warnNotSettled(
      ctx,
      asOf,
      answers.map(({ answer, histories }) => ({
        what: answer.product,
        day: histories.days[histories.days.length - 1],
      })),
    )
  }
  const single = products.length === 1 && !isAll ? answers[0].answer : null
  return {
    asOf,
    data: {
      product: single?.product ?? null,
      name: single?.name ?? null,
      unit: single?.unit ?? null,
      date: single?.date ?? null,
      contract: single?.contract ?? null,
      settlement: single?.settlement ?? null,
      series: single?.series ?? null,
      composite: single?.composite ?? null,
      signals: single?.signals ?? [],
      missing: single?.missing ?? [],
      history: single?.history ?? null,
      simulated: answers.some(({ answer }) => answer.simulated),
      products: single === null ? answers.map(({ answer }) => answer) : null,
      skipped,
      assumptions: {
        families: config.composite.families,
        threshold: config.composite.threshold,
        fullScore: config.composite.fullScore,
        roll: rollRuleInWords(config.roll),
      },
    },
    products: answers,
    period,
    source: reader.sources().join(', '),
    simulated: answers.some(({ answer }) => answer.simulated),
  }
}

function requestedProducts(
  ctx: SignalContext,
  texts: readonly string[],
): { products: readonly Product[]; isAll: boolean } {
  const isAll = texts.some((text) => text.trim().toLowerCase() === 'all')
  if (!isAll) {
    const products = [...new Set(texts.map((text) => ctx.market.resolveProduct(text)))]
    if (products.length > 0) return { products, isAll: false }
    throw new ContangoError(
      'usage',
      'NO_PRODUCT',
      'there is no product to look at',
      `contango signals wti, or contango signals --product all; products are ${ctx.market.products.join(', ')}`,
      { products: ctx.market.products },
    )
  }
  const known = ctx.market.products.filter((product) => ctx.config.signals.products[product] !== undefined)
  const there = productsInLake(ctx, known)
  if (there.length > 0) return { products: there, isAll: true }
  throw new ContangoError(
    'noData',
    'NO_DATA',
    `the lake has no settlements of any product of config/signals.yaml: ${known.join(', ')}`,
    'contango fetch sim (simulated) or contango fetch csv FILE (your own)',
    { products: known },
  )
}

/** `2023-01-01..2023-12-31`; either end may be left out. */
function parsePeriod(text: string): Period {
  const match = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/.exec(text.trim())
  const from = match?.[1] === undefined ? -Infinity : dayFromIso(match[1])
  const to = match?.[2] === undefined ? Infinity : dayFromIso(match[2])
  if (match !== null && from !== null && to !== null && from <= to) return { from, to }
  throw new ContangoError(
    'usage',
    'BAD_FLAG_VALUE',
    match !== null && from !== null && to !== null
      ? `--history ends before it starts: "${text}"`
      : `--history takes FROM..TO with dates as YYYY-MM-DD, either of them may be left out, not "${text}"`,
    '--history 2023-01-01..2023-12-29',
    { flag: 'history', value: text },
  )
}

async function productOn(
  ctx: SignalContext,
  reader: SignalReader,
  product: Product,
  {
    names,
    parameters,
    period,
  }: {
    names: readonly string[] | undefined
    parameters: Readonly<Record<string, SignalParameters>>
    period: Period | null
  },
): Promise<SignalsAnswer['products'][number]> {
  if (ctx.store.pick('curves', product) === null || staleReason(ctx, product, reader.asOf) !== null) {
    throw noSettlement(ctx, product, reader.asOf)
  }
  const to = Math.min(period?.to ?? Infinity, reader.asOf)
  const histories = await loadSignalHistories(ctx, { product, from: period?.from, to, names, parameters }, reader)
  const { days, signals, missing, composite } = histories
  const last = days.length - 1
  if (period === null && reader.asOf - days[last] > ctx.config.analytics.maxStaleDays) {
    throw noSettlement(ctx, product, reader.asOf)
  }
  const unknown = signals.filter(({ history }) => Number.isNaN(history.score[last]))
  const allMissing = inOrder([
    ...missing,
    ...unknown.map(({ definition, parameters: used, history }) => ({
      name: definition.name,
      family: definition.family,
      reason: definition.reason(history, last, used),
    })),
  ])
  if (Number.isNaN(composite.score[last])) {
    throw new ContangoError(
      'noData',
      'NO_SIGNAL_KNOWN',
      `none of the ${allMissing.length} signals of ${product} is known on ${isoFromDay(days[last])}: ${allMissing[0].name}: ${allMissing[0].reason}`,
      'more history (contango data ls), or a shorter window',
      { product, missing: allMissing },
    )
  }
  const rows = signals.filter(({ history }) => !Number.isNaN(history.score[last])).map((one) => rowOf(histories, one))
  const answer: ProductSignals = {
    product,
    name: ctx.market.instrument(product).name,
    unit: histories.unit,
    date: isoFromDay(days[last]),
    contract: ctx.market.contractCode(product, histories.month[last]),
    settlement: histories.settlement[last],
    series: histories.words,
    composite: compositeOf(histories, rows, allMissing),
    signals: rows,
    missing: allMissing,
    history: period === null ? null : historyOf(histories),
    simulated: histories.simulated,
  }
  return { answer, histories }
}

/** In the order of the signals. */
function inOrder(missing: ProductSignals['missing']): ProductSignals['missing'] {
  const place = new Map(SIGNALS.map(({ name }, i) => [name, i]))
  return missing.sort((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0))
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** One signal on the last day. */
function rowOf(
  { days, composite, weights }: SignalHistories,
  { definition, parameters, history }: LoadedSignal,
): Signals[number] {
  const { name, family, title } = definition
  const last = days.length - 1
  const score = history.score[last]
  const own = composite.families.find((one) => one.family === family)
  const weight = weights.signals[name] ?? 1
  return {
    name,
    family,
    title,
    direction: directionOf(score) ?? 'NEUTRAL',
    confidence: history.confidence[last],
    score,
    strength: Math.abs(score),
    value: history.value[last],
    unit: history.unit,
    knownOn: isoFromDay(history.knownOn[last]),
    period: history.period === undefined ? null : isoFromDay(history.period[last]),
    weight: own && own.weightKnown[last] > 0 ? (own.share[last] * weight) / own.weightKnown[last] : 0,
    numbers: history.columns.map((column) => ({
      name: column.name,
      value: finite(column.values[last]),
      unit: column.unit,
      knownOn: isoFromDay((column.knownOn ?? history.knownOn)[last]),
    })),
    parameters: { ...parameters },
    reason: definition.reason(history, last, parameters),
  }
}

function compositeOf(
  { days, composite, weights }: SignalHistories,
  rows: Signals,
  missing: ProductSignals['missing'],
): Composite {
  const last = days.length - 1
  const score = composite.score[last]
  const direction = directionOf(composite.direction[last]) ?? 'NEUTRAL'
  const agreement = finite(composite.agreement[last])
  const confidence = composite.confidence[last]
  const count = (of: string): number => rows.filter((row) => row.direction === of).length
  const families = SIGNAL_FAMILIES.map((family) => {
    const found = composite.families.find((one) => one.family === family)
    const share = found?.share[last] ?? 0
    const known = rows.filter((row) => row.family === family)
    const heirs = composite.families.filter((one) => one.share[last] > 0).map((one) => one.family)
    const weight = weights.families[family]
    const unweighted = known.length > 0 ? 'its signals have no weight' : null
    return {
      family,
      weight,
      share,
      score: finite(found?.score[last] ?? Number.NaN),
      signals: known.length,
      missing: missing.filter((one) => one.family === family).length,
      reason:
        share > 0
          ? null
          : weight === 0
            ? 'config/signals.yaml gives it no weight'
            : `${unweighted ?? 'no signal of it is known'}: its weight of ${(100 * weight).toFixed(0)} % goes to ${heirs.join(' and ')}`,
    }
  })
  const weighed = rows
    .filter((row) => row.weight > 0 && row.score !== 0)
    .sort((a, b) => Math.abs(b.weight * b.score) - Math.abs(a.weight * a.score))
    .slice(0, NAMED_REASONS)
  const sides = `${count('LONG')} long, ${count('SHORT')} short, ${count('NEUTRAL')} neutral`
  const agree =
    agreement === null
      ? 'no signal has a direction'
      : `${(100 * agreement).toFixed(0)} % of the weight with a direction agrees`
  return {
    direction,
    confidence,
    score,
    agreement,
    long: count('LONG'),
    short: count('SHORT'),
    neutral: count('NEUTRAL'),
    knownOn: isoFromDay(composite.knownOn[last]),
    families,
    reason: `${direction} with confidence ${confidence.toFixed(0)}: score ${score > 0 ? '+' : ''}${score.toFixed(2)}, ${sides}; ${agree}`,
    reasons: [
      ...weighed.map(
        (row) => `${row.name} ${row.direction} (${(row.weight * row.score).toFixed(2)} of the score): ${row.reason}`,
      ),
      ...families.flatMap(({ family, reason }) => (reason === null ? [] : [`${family}: ${reason}`])),
    ],
  }
}

function historyOf(histories: SignalHistories): NonNullable<ProductSignals['history']> {
  const { days, composite, close, settlement } = histories
  const dates = isoDays(days)
  const numbers = (values: Float64Array): (number | null)[] => Array.from(values, finite)
  const known = (history: SignalHistory): (string | null)[] =>
    Array.from(history.knownOn, (day, i) => (Number.isNaN(history.score[i]) ? null : isoFromDay(day)))
  return {
    from: dates[0],
    to: dates[dates.length - 1],
    dates,
    settlement: Array.from(settlement),
    close: Array.from(close),
    composite: {
      direction: Array.from(composite.score, (score, i) =>
        Number.isNaN(score) ? null : directionOf(composite.direction[i]),
      ),
      score: numbers(composite.score),
      confidence: numbers(composite.confidence),
      agreement: numbers(composite.agreement),
    },
    signals: Object.fromEntries(
      histories.histories.map((history) => [
        history.name,
        {
          score: numbers(history.score),
          confidence: numbers(history.confidence),
          value: numbers(history.value),
          knownOn: known(history),
        },
      ]),
    ),
  }
}
