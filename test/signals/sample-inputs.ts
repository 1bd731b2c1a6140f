import { dayFromIso, isWeekend, weekdayOf, type EpochDay } from '../../src/lib/kernel/day.js'
import { seededRng, type Rng } from '../../src/lib/kernel/rng.js'
import type { SeriesColumns } from '../../src/lib/market/dataset.js'
import type { CurvePoints, SignalInputs, SpreadInput } from '../../src/lib/signals/signal.js'

const FRIDAY = 5
const TUESDAY = 2

type Vintage = readonly [period: EpochDay, knownOn: EpochDay, value: number]

/** Columns in the order of the lake: ascending by period, then by the day on which each value was known. */
export function seriesOf(
  id: string,
  unit: string,
  frequency: SeriesColumns['frequency'],
  rows: readonly Vintage[],
): SeriesColumns {
  const sorted = [...rows].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  return {
    kind: 'series',
    id,
    unit,
    frequency,
    period: Int32Array.from(sorted, ([period]) => period),
    knownOn: Int32Array.from(sorted, ([, knownOn]) => knownOn),
    value: Float64Array.from(sorted, ([, , value]) => value),
    knownOnFrom: 'rule',
  }
}

/** Eight years of a product with everything that a signal may ask for: prices, curve, spreads, reports with revisions. */
export function sampleInputs(seed = 1, count = 2000): SignalInputs {
  const rng = seededRng(seed, 'signal-inputs')
  const days = weekdays(dayFromIso('2012-01-02') ?? 0, count)
  const close = walk(rng, days.length, 70, 1)
  const curve = curveOf(rng, close)
  return {
    product: 'CL',
    unit: 'USD/bbl',
    days,
    close,
    curve,
    carry: { financingRate: 0.05, storageUsdPerBbl: 0.5, storagePeriodDays: 30.4 },
    crack: spreadOf(rng, 'crack', days, -1),
    calendar: spreadOf(rng, 'calendar', days, 1),
    stocks: { title: 'Crude oil', series: stocksOf(rng, days) },
    positions: positionsOf(rng, days),
    opec: opecOf(rng, days),
    turnarounds: { series: turnaroundsOf(rng, days), side: 'input' },
  }
}

function weekdays(from: EpochDay, count: number): Int32Array {
  const days: number[] = []
  for (let day = from; days.length < count; day++) if (!isWeekend(day)) days.push(day)
  return Int32Array.from(days)
}

function walk(rng: Rng, length: number, start: number, sd: number): Float64Array {
  const values = new Float64Array(length)
  let level = start
  for (let i = 0; i < length; i++) {
    values[i] = level
    level = Math.round(100 * (level + sd * rng.normal())) / 100
  }
  return values
}

function curveOf(rng: Rng, close: Float64Array): CurvePoints {
  // between backwardation and contango and back within three years
  const away = (size: number): Float64Array =>
    close.map((price, i) => 40 + Math.abs(price) + size * Math.sin(i / 120) + 0.05 * size * rng.normal())
  const all = (value: number): Float64Array => new Float64Array(close.length).fill(value)
  return {
    near: close.map((price) => 40 + Math.abs(price)),
    next: away(1),
    nextDays: all(30),
    second: away(2),
    secondDays: all(61),
    year: away(8),
    yearDays: all(365),
    slope: walk(rng, close.length, 0.1, 0.02),
    usdPerBbl: 1,
  }
}

/** On nine days of ten, as legs of two calendars settle. */
function spreadOf(rng: Rng, name: string, days: Int32Array, side: 1 | -1): SpreadInput {
  const common = days.filter(() => rng.uniform() < 0.9)
  return { name, title: name, unit: 'USD/bbl', days: common, values: walk(rng, common.length, 10, 0.3), side }
}

/** Weekly from the first Friday on, known five days later; one value in twenty is revised two weeks after that, one comes late. */
function stocksOf(rng: Rng, days: Int32Array): SeriesColumns {
  const rows: Vintage[] = []
  let level = 400_000
  for (const friday of weeks(days, FRIDAY)) {
    level = Math.round(level + 3000 * rng.normal())
    const isLate = rng.uniform() < 0.02
    rows.push([friday, friday + (isLate ? 12 : 5), level])
    if (rng.uniform() < 0.05) rows.push([friday, friday + 19, level + 500])
  }
  return seriesOf('WCESTUS1', 'kbbl', 'weekly', rows)
}

function positionsOf(rng: Rng, days: Int32Array): SignalInputs['positions'] {
  const rows = { long: [] as Vintage[], short: [] as Vintage[], all: [] as Vintage[] }
  let [long, short] = [300_000, 200_000]
  for (const tuesday of weeks(days, TUESDAY)) {
    long = Math.round(Math.max(50_000, long + 15_000 * rng.normal()))
    short = Math.round(Math.max(50_000, short + 10_000 * rng.normal()))
    rows.long.push([tuesday, tuesday + 6, long])
    rows.short.push([tuesday, tuesday + 6, short])
    rows.all.push([tuesday, tuesday + 6, 1_500_000])
    if (rng.uniform() < 0.03) rows.short.push([tuesday, tuesday + 13, short + 1000])
  }
  return {
    title: 'managed money',
    long: seriesOf('L', 'contracts', 'weekly', rows.long),
    short: seriesOf('S', 'contracts', 'weekly', rows.short),
    openInterest: seriesOf('OI', 'contracts', 'weekly', rows.all),
  }
}

function opecOf(rng: Rng, days: Int32Array): SignalInputs['opec'] {
  const member = (name: string, baseline: number): NonNullable<SignalInputs['opec']>['members'][number] => {
    const produced: Vintage[] = []
    const bases: Vintage[] = []
    const quotas: Vintage[] = []
    let quota = baseline - 0.5
    for (let month = days[0]; month < days[days.length - 1]; month += 30) {
      const value = quota + 0.3 * rng.normal()
      produced.push([month, month + 40, value])
      if (rng.uniform() < 0.3) produced.push([month, month + 70, value + 0.1])
      if (rng.uniform() < 0.1) quota = baseline - 0.2 - rng.uniform()
      bases.push([month, month - 20, baseline])
      quotas.push([month, month - 20, quota])
    }
    return {
      name,
      production: seriesOf('P', 'million b/d', 'monthly', produced),
      baseline: seriesOf('B', 'million b/d', 'monthly', bases),
      quota: seriesOf('Q', 'million b/d', 'monthly', quotas),
    }
  }
  return { members: [member('Saudi Arabia', 11), member('Iraq', 4.6)] }
}

function turnaroundsOf(rng: Rng, days: Int32Array): SeriesColumns {
  const rows: Vintage[] = []
  for (const friday of weeks(days, FRIDAY)) {
    const offline = Math.round(600 + 400 * Math.sin(friday / 29) + 60 * rng.normal())
    rows.push([friday, friday - 90, Math.round(offline / 2)], [friday, friday - 20, offline])
  }
  return seriesOf('TURNAROUND_ALL', 'kb/d', 'weekly', rows)
}

function* weeks(days: Int32Array, weekday: number): Generator<EpochDay> {
  for (let day = days[0] - 400; day <= days[days.length - 1]; day++) if (weekdayOf(day) === weekday) yield day
}

/** Every price of the product is `points` higher: closes, the curve, and the spreads by the product's leg in them. */
export function shiftedInputs(inputs: SignalInputs, points: number): SignalInputs {
  const add = (values: Float64Array): Float64Array => values.map((value) => value + points)
  const { curve, crack } = inputs
  return {
    ...inputs,
    close: add(inputs.close),
    curve: {
      ...curve,
      near: add(curve.near),
      next: add(curve.next),
      second: add(curve.second),
      year: add(curve.year),
    },
    crack: crack && { ...crack, values: crack.values.map((value) => value + crack.side * points) },
  }
}

/** The same with every number of a day missing: prices and curve from `first` to `last`. */
export function inputsWithGap(inputs: SignalInputs, first: number, last: number): SignalInputs {
  const hole = <T extends Float64Array | Int32Array>(values: T): T =>
    values.map((value, i) => (i >= first && i <= last ? Number.NaN : value)) as T
  return { ...inputs, close: hole(inputs.close), curve: mapCurve(inputs.curve, hole) }
}

function mapCurve(curve: CurvePoints, of: <T extends Float64Array | Int32Array>(values: T) => T): CurvePoints {
  return {
    near: of(curve.near),
    next: of(curve.next),
    nextDays: of(curve.nextDays),
    second: of(curve.second),
    secondDays: of(curve.secondDays),
    year: of(curve.year),
    yearDays: of(curve.yearDays),
    slope: of(curve.slope),
    usdPerBbl: curve.usdPerBbl,
  }
}
