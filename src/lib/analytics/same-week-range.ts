import { midRankPercentile } from '../kernel/mid-rank-percentile.js'
import { mean, zScore } from '../kernel/moments.js'
import { isoWeekOf } from './iso-week.js'
import { sameWeeksBefore } from './same-week.js'

/** The same week of previous years, and where the last value stands to it. */
export interface SameWeekRange {
  /** Previous years that have the week. */
  readonly years: number
  /** Which those are, by ISO week, nearest first. */
  readonly calendarYears: readonly number[]
  readonly min: number
  readonly mean: number
  readonly max: number
  /** Mid-rank percentile of the last value among them, 0–100. */
  readonly percentile: number
  /** (last − mean) ÷ sd, ddof 1; NaN where they do not vary. */
  readonly z: number
  /** Last less mean, in the series' unit. */
  readonly deviation: number
}

/**
 * The last value of a weekly series against the same ISO week of the `years` previous years, its own not among them and those
 * `excluded` passed over.
 * @returns null where fewer than `minYears` of them have the week
 */
export function sameWeekRange(
  period: Int32Array,
  value: Float64Array,
  { years, minYears }: { years: number; minYears: number },
  excluded: readonly number[] = [],
): SameWeekRange | null {
  const last = value.length - 1
  if (last < 0) return null
  const rows = sameWeeksBefore(period, years, excluded)[last]
  const sample = rows.map((i) => value[i])
  if (sample.length < minYears) return null
  const centre = mean(sample)
  return {
    years: sample.length,
    calendarYears: rows.map((i) => isoWeekOf(period[i]).year),
    min: Math.min(...sample),
    mean: centre,
    max: Math.max(...sample),
    percentile: midRankPercentile(value[last], sample),
    z: zScore(value[last], sample),
    deviation: value[last] - centre,
  }
}
