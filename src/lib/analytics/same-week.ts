import type { EpochDay } from '../kernel/day.js'
import { isoWeekOf } from './iso-week.js'
import { sameDateYearsBefore } from './seasonal-rank.js'

/**
 * For each observation of a weekly series, the positions of the same ISO week in each of the `years` previous years,
 * nearest year first. A week 53 in a year that has none is the observation nearest to the same date, at most three days
 * off; a year without an observation has no position.
 * @param period ascending
 * @param excluded ISO years that are passed over: the `years` then reach further back
 */
export function sameWeeksBefore(period: Int32Array, years: number, excluded: readonly number[] = []): number[][] {
  const weeks = Array.from(period, isoWeekOf)
  const at = new Map(weeks.map(({ year, week }, i) => [year * 100 + week, i]))
  return weeks.map(({ year, week }, i) => {
    const found: number[] = []
    for (let back = 1, seen = 0; seen < years; back++) {
      if (excluded.includes(year - back)) continue
      seen++
      const same = at.get((year - back) * 100 + week) ?? (week === 53 ? nearest(period, period[i], back) : undefined)
      if (same !== undefined) found.push(same)
    }
    return found
  })
}

function nearest(period: Int32Array, day: EpochDay, yearsBack: number): number | undefined {
  const centre = sameDateYearsBefore(day, yearsBack)
  let best: number | undefined
  for (let i = 0; i < period.length; i++) {
    const distance = Math.abs(period[i] - centre)
    if (distance <= 3 && (best === undefined || distance < Math.abs(period[best] - centre))) best = i
  }
  return best
}
