import type { IndicatorsData } from '../documents/indicators.js'
import { isoDays, isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { computeIndicator } from '../signals/indicators/compute-indicator.js'
import type { BarField } from '../signals/indicators/indicator.js'
import { parseIndicator, type IndicatorRequest } from '../signals/indicators/parse-indicator.js'
import { INDICATORS } from '../signals/indicators/registry.js'
import { loadBars, type BarsContext, type BarsRequest, type LoadedBars } from './load-bars.js'

/** What a desk looks at first. */
const DEFAULT_SET = [
  'sma:20',
  'sma:50',
  'bollinger:20:2',
  'rsi:14',
  'macd:12:26:9',
  'stochastic:14:3:3',
  'adx:14',
  'atr:14',
  'z-score:20',
]

export interface IndicatorsRequest extends BarsRequest {
  /** `rsi:14`, `macd`, or `all`; nothing asks for a default set. */
  readonly wanted: readonly string[]
  /** First bar shown; the bars before it are used all the same. */
  readonly from?: EpochDay
}

/** One indicator, computed. */
export interface IndicatorColumns extends IndicatorRequest {
  readonly values: readonly Float64Array[]
}

export interface IndicatorsAnswer {
  readonly asOf: EpochDay
  readonly data: IndicatorsData
  readonly loaded: LoadedBars
  /** The bar of `data.from`. */
  readonly first: number
  readonly computed: readonly IndicatorColumns[]
}

/** Indicators over the whole history up to `to`, shown from `from` on. */
export async function indicatorsOn(ctx: BarsContext, request: IndicatorsRequest): Promise<IndicatorsAnswer> {
  const { requests, isSet } = requested(request.wanted)
  const loaded = await loadBars(ctx, request)
  const { days } = loaded
  const first = firstShown(loaded, request.from)
  const omitted: { name: string; reason: string }[] = []
  const computed: IndicatorColumns[] = []
  for (const one of requests) {
    const refused = refusalOf(one, loaded)
    if (refused === null) {
      computed.push({ ...one, values: computeIndicator(one.indicator, loaded.bars, one.params) })
    } else if (isSet) omitted.push({ name: fullName(one), reason: refused.message })
    else throw refused
  }
  if (computed.length === 0) {
    throw new ContangoError(
      'noData',
      'NO_INDICATOR',
      `none of the ${omitted.length} indicators can be computed: ${omitted[0].reason}`,
      'a longer history, or --indicator with a shorter window',
      { omitted },
    )
  }
  warnOfMovedLevels(ctx, request, loaded, computed)
  const dates = isoDays(days.subarray(first))
  const shown = (values: Float64Array): (number | null)[] =>
    Array.from(values.subarray(first), (value) => (Number.isFinite(value) ? value : null))
  const data: IndicatorsData = {
    name: loaded.name,
    basis: loaded.basis,
    words: loaded.words,
    unit: loaded.unit,
    from: dates[0],
    to: dates[dates.length - 1],
    historyFrom: isoFromDay(days[0]),
    historyBars: days.length,
    indicators: computed.map((one) => entryOf(one, loaded, first)),
    omitted,
    dates,
    columns: Object.fromEntries(
      [
        ...priceFields(loaded).map((field) => [field, loaded.bars[field]] as const),
        ...computed.flatMap(({ columns, values }) => columns.map((name, at) => [name, values[at]] as const)),
      ].map(([name, values]) => [name, shown(values)]),
    ),
  }
  return { asOf: loaded.asOf, data, loaded, first, computed }
}

function warnOfMovedLevels(
  ctx: BarsContext,
  { adjust }: BarsRequest,
  { name, basis }: LoadedBars,
  computed: readonly IndicatorColumns[],
): void {
  const dividing = computed.filter(({ indicator }) => indicator.divides === true).map(fullName)
  if (basis !== 'settlements' || adjust === 'none' || dividing.length === 0) return
  ctx.warn(
    'LEVELS_NOT_PRICES',
    `${dividing.join(', ')} of ${name}: a per cent of levels that the adjustment by difference has moved; ` +
      '--adjust none takes prices as settled, with the gap of each roll among the moves',
    { indicators: dividing },
  )
}

/** Columns of the bars that have a value. */
export function priceFields({ has }: LoadedBars): BarField[] {
  return (['open', 'high', 'low', 'close', 'volume'] as const).filter((field) => has.has(field))
}

function requested(wanted: readonly string[]): { requests: IndicatorRequest[]; isSet: boolean } {
  const isAll = wanted.some((text) => text.trim().toLowerCase() === 'all')
  const texts = isAll ? INDICATORS.map(({ name }) => name) : wanted.length === 0 ? DEFAULT_SET : wanted
  const extra = isAll ? wanted.filter((text) => text.trim().toLowerCase() !== 'all') : []
  const byName = new Map<string, IndicatorRequest>()
  for (const text of [...texts, ...extra]) {
    const one = parseIndicator(text)
    byName.set(fullName(one), one)
  }
  return { requests: [...byName.values()], isSet: isAll || wanted.length === 0 }
}

/** `macd:12:26:9`. */
function fullName({ indicator, params }: IndicatorRequest): string {
  return [indicator.name, ...params].join(':')
}

function firstShown({ days, name }: LoadedBars, from: EpochDay | undefined): number {
  if (from === undefined) return 0
  const first = days.findIndex((day) => day >= from)
  if (first >= 0) return first
  throw new ContangoError(
    'noData',
    'NO_BARS',
    `${name} has no bars from ${isoFromDay(from)}: they end on ${isoFromDay(days[days.length - 1])}`,
    'an earlier --from',
    { name, from: isoFromDay(from) },
  )
}

/** Why an indicator cannot be computed on these bars; null where it can. */
function refusalOf(one: IndicatorRequest, { name, basis, has, bars, days }: LoadedBars): ContangoError | null {
  const { indicator, params } = one
  const missing = indicator.inputs.filter((field) => !has.has(field))
  const full = fullName(one)
  if (missing.length > 0) {
    const why =
      basis === 'settlements'
        ? `${name} has settlements only`
        : `no bar of ${name} has a value in ${missing.length === 1 ? 'that column' : 'those columns'}`
    return new ContangoError(
      'noData',
      'INDICATOR_INPUT_MISSING',
      `${full} needs ${missing.join(', ')}: ${why}`,
      basis === 'settlements'
        ? 'import bars (contango fetch csv FILE), or choose an indicator of the close: rsi, macd, bollinger …'
        : 'choose an indicator of the columns that there are: rsi, macd, bollinger need the close only',
      { indicator: full, missing },
    )
  }
  if (indicator.inputs.includes('volume') && !bars.volume.some((value) => value > 0)) {
    return new ContangoError(
      'noData',
      'NO_VOLUME',
      `${full} needs volume: it is zero on every bar of ${name}`,
      'choose an indicator of prices: rsi, macd, bollinger need the close only',
      { indicator: full },
    )
  }
  const warmUp = indicator.warmUp(params)
  if (warmUp < days.length) return null
  return new ContangoError(
    'noData',
    'WINDOW_LONGER_THAN_HISTORY',
    `${full} has its first value on bar ${warmUp + 1}; ${name} has ${days.length} ${days.length === 1 ? 'bar' : 'bars'}, ` +
      `${isoFromDay(days[0])} to ${isoFromDay(days[days.length - 1])}`,
    'a shorter window, a later --to, or more history',
    { indicator: full, warmUpBars: warmUp, bars: days.length },
  )
}

function entryOf(one: IndicatorColumns, loaded: LoadedBars, first: number): IndicatorsData['indicators'][number] {
  const { indicator, params, columns, values } = one
  const last = loaded.days.length - 1
  const finite = (value: number | undefined): number | null =>
    value !== undefined && Number.isFinite(value) ? value : null
  const warmUp = indicator.warmUp(params)
  return {
    name: fullName(one),
    title: indicator.title,
    parameters: Object.fromEntries(indicator.parameters.map(({ name }, at) => [name, params[at]])),
    inputs: [...indicator.inputs],
    unit: unitOf(indicator.unit, loaded.unit),
    warmUpBars: warmUp,
    columns: columns.map((name, at) => {
      const column = values[at]
      const begins = column.findIndex(Number.isFinite)
      return {
        name,
        last: finite(column[last]),
        previous: last > first ? finite(column[last - 1]) : null,
        firstDate: begins < 0 ? null : isoFromDay(loaded.days[begins]),
        undefinedBars: column.subarray(first).reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0),
      }
    }),
    reason: values.every((column) => Number.isFinite(column[last])) ? null : undefinedReason(one, loaded),
  }
}

function unitOf(unit: string, price: string | null): string {
  return price === null ? unit : unit.replace(/^price/, price)
}

/** Why there is no value on the last bar. */
function undefinedReason({ indicator, params }: IndicatorColumns, { bars, days }: LoadedBars): string {
  const warmUp = indicator.warmUp(params)
  const last = days.length - 1
  for (let i = last; i >= Math.max(0, last - warmUp); i--) {
    const missing = indicator.inputs.find((field) => !Number.isFinite(bars[field][i]))
    if (missing !== undefined) {
      return `${missing} is missing on ${isoFromDay(days[i])}; after a gap ${warmUp} bars are needed before the next value`
    }
  }
  return `undefined on these bars (nothing moved, or a price at or below zero): ${indicator.formula}`
}
