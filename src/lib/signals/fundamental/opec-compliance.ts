import { compliance, type QuotaMonth } from '../../analytics/quota-compliance.js'
import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import type { SeriesColumns } from '../../market/dataset.js'
import { gradedHistory } from '../graded-history.js'
import { lastAtOrBefore } from '../last-at-or-before.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, reportAgeWords, verdict } from '../signal-words.js'
import type { OpecInput, SignalDefinition } from '../signal.js'

export const opecCompliance: SignalDefinition = {
  name: 'opec-compliance',
  family: 'fundamental',
  title: 'OPEC+ compliance with its quotas',
  rule: 'conformity with pledged cuts in the last month of production, by sums over the members with a quota: long where it is `entry` points or more above `centre`, short where as far below; graded by that distance',
  parameters: SIGNAL_PARAMETERS['opec-compliance'],
  needs: ['opec'],
  shiftInvariant: true,
  warmUp: () => 0,
  compute({ days, opec }, params) {
    if (opec === null) throw new RangeError('opec-compliance was given no quotas')
    const states = statesOf(opec)
    const at = lastAtOrBefore(
      Int32Array.from(states, ({ knownOn }) => knownOn),
      days,
    )
    const age = Float64Array.from(days, (day, i) => (at[i] < 0 ? Number.NaN : day - states[at[i]].firstKnown))
    const pick = (of: (state: State) => number): Float64Array =>
      Float64Array.from(days, (_, i) => (age[i] <= params.maxAgeDays ? of(states[at[i]]) : Number.NaN))
    const value = pick((state) => state.compliance)
    return gradedHistory(opecCompliance, days, params, {
      value,
      unit: '%',
      x: value.map((percent) => percent - params.centre),
      knownOn: Int32Array.from(days, (day, i) => (at[i] < 0 ? day : states[at[i]].knownOn)),
      period: Int32Array.from(days, (_, i) => (at[i] < 0 ? 0 : states[at[i]].month)),
      freshness: age.map((old) => 1 - 0.5 * Math.min(1, old / params.maxAgeDays)),
      columns: [
        { name: 'production', unit: 'million b/d', values: pick(({ production }) => production) },
        { name: 'quota', unit: 'million b/d', values: pick(({ quota }) => quota) },
        { name: 'members', unit: 'members', values: pick(({ members }) => members) },
        { name: 'age', unit: 'days', values: age },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const old = reportAgeWords(history, i, params.maxAgeDays)
    if (old !== null) return old
    const month = isoFromDay(history.period?.[i] ?? 0).slice(0, 7)
    if (Number.isNaN(score)) return `no cut was pledged for ${month}`
    return (
      `${columnAt(history, 'members', i)} members produced ${columnAt(history, 'production', i).toFixed(2)} million b/d in ${month} ` +
      `against quotas of ${columnAt(history, 'quota', i).toFixed(2)}: compliance ${history.value[i].toFixed(0)} %, ${verdict(score)}`
    )
  },
}

/** What was known from one day on. */
interface State {
  readonly knownOn: EpochDay
  readonly month: EpochDay
  /** The day on which the month was first known. */
  readonly firstKnown: EpochDay
  /** Percent; NaN where no cut is pledged. */
  readonly compliance: number
  readonly production: number
  readonly quota: number
  readonly members: number
}

/** One state for each day on which a number of a member became known. */
function statesOf({ members }: OpecInput): State[] {
  const all = members.flatMap(({ production, baseline, quota }) => [production, baseline, quota])
  const dates = [...new Set(all.flatMap(({ knownOn }) => Array.from(knownOn)))].sort((a, b) => a - b)
  const states: State[] = []
  for (const knownOn of dates) {
    const month = Math.max(...members.map(({ production }) => lastPeriod(production, knownOn)))
    if (month === -Infinity) continue
    const months: QuotaMonth[] = members.flatMap(({ production, baseline, quota }) => {
      if (lastPeriod(production, knownOn) < month) return []
      const one = [
        levelAt(production, month, knownOn),
        levelAt(baseline, month, knownOn),
        levelAt(quota, month, knownOn),
      ]
      return one.some(Number.isNaN) ? [] : [{ production: one[0], baseline: one[1], quota: one[2] }]
    })
    if (months.length === 0) continue
    const before = states.at(-1)
    states.push({
      knownOn,
      month,
      firstKnown: before?.month === month ? before.firstKnown : knownOn,
      compliance: compliance(months).value ?? Number.NaN,
      production: months.reduce((sum, { production }) => sum + production, 0),
      quota: months.reduce((sum, { quota }) => sum + quota, 0),
      members: months.length,
    })
  }
  return states
}

/** The last period that was known on a day; −Infinity where none was. */
function lastPeriod({ period, knownOn }: SeriesColumns, day: EpochDay): number {
  for (let i = period.length - 1; i >= 0; i--) if (knownOn[i] <= day) return period[i]
  return -Infinity
}

/** The level of the last period on or before `month`, as it was known on a day: a quota holds until the next one. */
function levelAt({ period, knownOn, value }: SeriesColumns, month: EpochDay, day: EpochDay): number {
  for (let i = period.length - 1; i >= 0; i--) if (period[i] <= month && knownOn[i] <= day) return value[i]
  return Number.NaN
}
