import { lastAtOrBefore } from '../last-at-or-before.js'
import { knownEras, type KnownEra } from './known-eras.js'
import type { SeriesColumns } from '../../market/dataset.js'

/** The last report on each decision day. */
export interface Reported {
  /** One column a number, NaN before the first report and where the last one is too old. */
  readonly values: readonly Float64Array[]
  /** The period that the last report is about; 0 before the first. */
  readonly period: Int32Array
  /** Latest day on which something behind the numbers became known; the decision day itself before the first report. */
  readonly knownOn: Int32Array
  /** 1 on the day a report is known, ½ when it is about to be too old. */
  readonly freshness: Float64Array
  /** Calendar days since the last report was first known; NaN before the first. */
  readonly age: Float64Array
}

/**
 * Numbers of the reports as they were known on each decision day.
 * @param numbers of one era: columns as long as its periods, each entry made of itself and of what is before it
 */
export function reported(
  days: Int32Array,
  series: readonly SeriesColumns[],
  maxAgeDays: number,
  count: number,
  numbers: (era: KnownEra) => readonly Float64Array[],
): Reported {
  const knownOn: number[] = []
  const period: number[] = []
  const firstKnown: number[] = []
  const found: number[][] = Array.from({ length: count }, () => [])
  for (const era of knownEras(series)) {
    const columns = numbers(era)
    for (const event of era.events) {
      knownOn.push(event.knownOn)
      period.push(era.period[event.last])
      firstKnown.push(era.firstKnown[event.last])
      columns.forEach((column, of) => found[of].push(column[event.last]))
    }
  }
  const at = lastAtOrBefore(Int32Array.from(knownOn), days)
  const age = Float64Array.from(days, (day, i) => (at[i] < 0 ? Number.NaN : day - firstKnown[at[i]]))
  return {
    values: found.map((column) =>
      Float64Array.from(days, (_, i) => (age[i] <= maxAgeDays ? column[at[i]] : Number.NaN)),
    ),
    period: Int32Array.from(days, (_, i) => (at[i] < 0 ? 0 : period[at[i]])),
    knownOn: Int32Array.from(days, (day, i) => (at[i] < 0 ? day : knownOn[at[i]])),
    freshness: age.map((old) => 1 - 0.5 * Math.min(1, old / maxAgeDays)),
    age,
  }
}
