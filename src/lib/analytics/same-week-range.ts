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

interface RangeYears {
  readonly years: number
  readonly minYears: number
}

/**
 * The last value of a weekly series against the same ISO week of the `years` previous years, its own not among them and those
 * `excluded` passed over.
 * @returns null where fewer than `minYears` of them have the week
 */
export function sameWeekRange(
  period: Int32Array,
  value: Float64Array,
  options: RangeYears,
  excluded: readonly number[] = [],
): SameWeekRange | null {
  const last = value.length - 1
  if (last < 0) return null
  return rangeAt(period, value, last, sameWeeksBefore(period, options.years, excluded)[last], options)
}

/** {@link sameWeekRange} of every value, each as if it were the last. */
export function sameWeekRanges(period: Int32Array, value: Float64Array, options: RangeYears): (SameWeekRange | null)[] {
  return sameWeeksBefore(period, options.years).map((before, at) => rangeAt(period, value, at, before, options))
}

function rangeAt(
  period: Int32Array,
  value: Float64Array,
  at: number,
  before: readonly number[],
  { minYears }: RangeYears,
): SameWeekRange | null {
  if (before.length < minYears) return null
  const sample = before.map((i) => value[i])
  const centre = mean(sample)
  return {
    years: sample.length,
    calendarYears: before.map((i) => isoWeekOf(period[i]).year),
    min: Math.min(...sample),
    mean: centre,
    max: Math.max(...sample),
    percentile: midRankPercentile(value[at], sample),
    z: zScore(value[at], sample),
    deviation: value[at] - centre,
  }
}
