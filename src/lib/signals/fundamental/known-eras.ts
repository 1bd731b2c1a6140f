import type { EpochDay } from '../../kernel/day.js'
import type { SeriesColumns } from '../../market/dataset.js'

/** A day on which something became known. */
export interface KnownEvent {
  readonly knownOn: EpochDay
  /** The last period that was known then, as a position in the era's `period`. */
  readonly last: number
}

/**
 * A stretch of time in which reports were only added at the end: what was known at one of its events is the era's columns
 * up to `last`. A revision, or a report that comes late, begins a new era.
 */
export interface KnownEra {
  /** Periods that all series had, ascending. */
  readonly period: Int32Array
  /** The day on which each was first complete. */
  readonly firstKnown: Int32Array
  /** One column a series, in their order. */
  readonly values: readonly Float64Array[]
  readonly events: readonly KnownEvent[]
}

interface Known {
  readonly values: number[]
  firstKnown: EpochDay
}

interface OpenEra {
  readonly period: number[]
  readonly firstKnown: number[]
  readonly values: readonly number[][]
  readonly events: KnownEvent[]
}

/**
 * What was known of several series together, as it came about. A function of the past alone (a change, a mean of the years
 * before) is then computed once an era and read at its events: equal to computing it anew from each day's vintages.
 * @param series with every vintage
 */
export function knownEras(series: readonly SeriesColumns[]): KnownEra[] {
  const rows = series
    .flatMap(({ period, knownOn, value }, of) =>
      Array.from(period, (_, i) => ({ of, period: period[i], knownOn: knownOn[i], value: value[i] })),
    )
    .sort((a, b) => a.knownOn - b.knownOn || a.period - b.period)
  const known = new Map<EpochDay, Known>()
  const isComplete = ({ values }: Known): boolean => values.every((value) => !Number.isNaN(value))
  const opened = (): OpenEra => ({ period: [], firstKnown: [], values: series.map(() => []), events: [] })
  const append = (era: OpenEra, period: EpochDay, { values, firstKnown }: Known): void => {
    era.period.push(period)
    era.firstKnown.push(firstKnown)
    values.forEach((value, of) => era.values[of].push(value))
  }
  const eras = [opened()]
  for (let at = 0; at < rows.length;) {
    const { knownOn } = rows[at]
    const before = eras[eras.length - 1]
    const added: EpochDay[] = []
    let isRevision = false
    for (; at < rows.length && rows[at].knownOn === knownOn; at++) {
      const { of, period, value } = rows[at]
      const one = known.get(period) ?? { values: series.map(() => Number.NaN), firstKnown: knownOn }
      known.set(period, one)
      const wasComplete = isComplete(one)
      if (Object.is(one.values[of], value)) continue
      one.values[of] = value
      if (wasComplete) isRevision = true
      else if (isComplete(one)) {
        one.firstKnown = knownOn
        added.push(period)
      }
    }
    if (added.length === 0 && !isRevision) continue
    added.sort((a, b) => a - b)
    const isLate = added.length > 0 && before.period.length > 0 && added[0] < before.period[before.period.length - 1]
    if (isRevision || isLate) {
      const era = opened()
      for (const period of [...known.keys()].sort((a, b) => a - b)) {
        const one = known.get(period)
        if (one !== undefined && isComplete(one)) append(era, period, one)
      }
      eras.push(era)
    } else {
      for (const period of added) {
        const one = known.get(period)
        if (one !== undefined) append(before, period, one)
      }
    }
    const era = eras[eras.length - 1]
    if (era.period.length > 0) era.events.push({ knownOn, last: era.period.length - 1 })
  }
  return eras
    .filter(({ events }) => events.length > 0)
    .map(({ period, firstKnown, values, events }) => ({
      period: Int32Array.from(period),
      firstKnown: Int32Array.from(firstKnown),
      values: values.map((column) => Float64Array.from(column)),
      events,
    }))
}
