import { civilFromDay, dayFromCivil, daysInMonth, type EpochDay } from '../kernel/day.js'
import { midRankPercentile } from '../kernel/mid-rank-percentile.js'

export interface SeasonalRank {
  /** Mid-rank percentile of the last value among the reference values, 0–100. */
  readonly percentile: number
  /** 1 + number of reference values above the last: 1 is the highest for the season. */
  readonly rank: number
  /** Reference values + 1. */
  readonly of: number
  /** Previous years with at least one reference value. */
  readonly years: number
}

/**
 * Rank of the last of `values` against the same time of the `years` previous years: every value within ±`halfWindow`
 * calendar days of the same date (29 February: 28) of each year. Today's own year is not in the reference.
 * @param days ascending, as long as `values`
 * @returns null where no previous year has a value
 */
export function seasonalRank(
  days: Int32Array,
  values: Float64Array,
  years: number,
  halfWindow: number,
): SeasonalRank | null {
  const n = days.length
  if (n === 0) return null
  const today = values[n - 1]
  const reference: number[] = []
  let yearsFound = 0
  for (let back = 1; back <= years; back++) {
    const centre = sameDateYearsBefore(days[n - 1], back)
    const before = reference.length
    for (let i = 0; i < n; i++) if (Math.abs(days[i] - centre) <= halfWindow) reference.push(values[i])
    if (reference.length > before) yearsFound++
  }
  if (reference.length === 0) return null
  return {
    percentile: midRankPercentile(today, reference),
    rank: 1 + reference.filter((value) => value > today).length,
    of: reference.length + 1,
    years: yearsFound,
  }
}

/** 2023-12-29 → 2022-12-29; 2020-02-29 → 2019-02-28. */
export function sameDateYearsBefore(day: EpochDay, years: number): EpochDay {
  const { year, month, dayOfMonth } = civilFromDay(day)
  return dayFromCivil(year - years, month, Math.min(dayOfMonth, daysInMonth(year - years, month)))
}
