import type { EpochDay } from '../kernel/day.js'
import { mean, zScore } from '../kernel/moments.js'
import { measured, unmeasured, type Measured } from './measured.js'
import { sameWeeksBefore } from './same-week.js'

/** Week by week, in the series' unit; NaN where it is not defined. */
export interface SurpriseSeries {
  /** Level less the level a week before; NaN where the week before is missing. */
  readonly change: Float64Array
  /** Expected change. */
  readonly expected: Float64Array
  /** Change less expected: positive is a larger build, or a smaller draw, than expected, which is bearish. */
  readonly surprise: Float64Array
}

/**
 * Change, expectation and surprise of every week. Without a consensus the expectation is a model: the mean change of the
 * same ISO week in the previous `years` years, of which at least `minYears` must be there.
 * @param consensus expected change by period, in the series' unit; null for the model
 */
export function surpriseSeries(
  period: Int32Array,
  level: Float64Array,
  consensus: ReadonlyMap<EpochDay, number> | null,
  { years, minYears }: { years: number; minYears: number },
): SurpriseSeries {
  const change = level.map((value, i) => (i > 0 && period[i] - period[i - 1] === 7 ? value - level[i - 1] : Number.NaN))
  const before = consensus === null ? sameWeeksBefore(period, years) : []
  const expected = level.map((_, i) => {
    if (consensus !== null) return consensus.get(period[i]) ?? Number.NaN
    const changes = before[i].map((j) => change[j]).filter((one) => !Number.isNaN(one))
    return changes.length >= minYears ? mean(changes) : Number.NaN
  })
  return { change, expected, surprise: change.map((one, i) => one - expected[i]) }
}

/**
 * (surprise − mean) ÷ sd, ddof 1, of the `weeks` surprises before position `at`; its own week is not among them.
 * Undefined with fewer, or where they do not vary.
 */
export function surpriseZ(surprise: Float64Array, at: number, weeks: number): Measured {
  const sample = surprise.subarray(Math.max(0, at - weeks), at)
  const known = sample.filter((value) => !Number.isNaN(value)).length
  if (Number.isNaN(surprise[at])) return unmeasured('the week has no surprise')
  if (known < weeks) return unmeasured(`${known} of the ${weeks} surprises before are known`)
  const z = zScore(surprise[at], sample)
  return Number.isNaN(z) ? unmeasured(`the ${weeks} surprises before do not vary`) : measured(z)
}
