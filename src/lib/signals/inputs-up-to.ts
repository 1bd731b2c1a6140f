import type { EpochDay } from '../kernel/day.js'
import type { SeriesColumns } from '../market/dataset.js'
import type { CurvePoints, SignalInputs, SpreadInput } from './signal.js'

/** Inputs as they were on `day`: no later day, and no vintage that was not known then. */
export function inputsUpTo(inputs: SignalInputs, day: EpochDay): SignalInputs {
  const length = inputs.days.filter((one) => one <= day).length
  const cut = <T extends Float64Array | Int32Array>(values: T): T => values.slice(0, length) as T
  const { curve, stocks, positions, opec, turnarounds } = inputs
  return {
    ...inputs,
    days: cut(inputs.days),
    close: cut(inputs.close),
    curve: curveOf(curve, cut),
    crack: spreadUpTo(inputs.crack, day),
    calendar: spreadUpTo(inputs.calendar, day),
    stocks: stocks && { ...stocks, series: seriesUpTo(stocks.series, day) },
    positions: positions && {
      ...positions,
      long: seriesUpTo(positions.long, day),
      short: seriesUpTo(positions.short, day),
      openInterest: seriesUpTo(positions.openInterest, day),
    },
    opec: opec && {
      members: opec.members.map(({ name, production, baseline, quota }) => ({
        name,
        production: seriesUpTo(production, day),
        baseline: seriesUpTo(baseline, day),
        quota: seriesUpTo(quota, day),
      })),
    },
    turnarounds: turnarounds && { ...turnarounds, series: seriesUpTo(turnarounds.series, day) },
  }
}

function curveOf(curve: CurvePoints, cut: (values: Float64Array) => Float64Array): CurvePoints {
  const { near, next, nextDays, second, secondDays, year, yearDays, slope, usdPerBbl } = curve
  return {
    near: cut(near),
    next: cut(next),
    nextDays: cut(nextDays),
    second: cut(second),
    secondDays: cut(secondDays),
    year: cut(year),
    yearDays: cut(yearDays),
    slope: cut(slope),
    usdPerBbl,
  }
}

function seriesUpTo(series: SeriesColumns, day: EpochDay): SeriesColumns {
  const rows = Array.from(series.period.keys()).filter((row) => series.knownOn[row] <= day)
  return {
    ...series,
    period: Int32Array.from(rows, (row) => series.period[row]),
    knownOn: Int32Array.from(rows, (row) => series.knownOn[row]),
    value: Float64Array.from(rows, (row) => series.value[row]),
  }
}

function spreadUpTo(spread: SpreadInput | null, day: EpochDay): SpreadInput | null {
  if (spread === null) return null
  const rows = spread.days.filter((each) => each <= day).length
  return { ...spread, days: spread.days.slice(0, rows), values: spread.values.slice(0, rows) }
}
