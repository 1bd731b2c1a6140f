import { civilFromDay, dayFromCivil, weekdayOf, type EpochDay } from '../kernel/day.js'

/** A week of ISO 8601: weeks begin on Monday and belong to the year of their Thursday. */
export interface IsoWeek {
  readonly year: number
  /** 1 to 53 */
  readonly week: number
}

export function isoWeekOf(day: EpochDay): IsoWeek {
  const thursday = day - ((weekdayOf(day) + 6) % 7) + 3
  const { year } = civilFromDay(thursday)
  return { year, week: 1 + Math.floor((thursday - dayFromCivil(year, 1, 1)) / 7) }
}
