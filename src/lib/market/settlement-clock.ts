import { civilFromDay, dayFromCivil, type EpochDay } from '../kernel/day.js'
import { lastWeekday, nthWeekday } from './calendars.js'

/** First and last day of summer time, as dates on whose afternoon it holds. */
interface Summer {
  readonly first: EpochDay
  readonly last: EpochDay
}

const SUNDAY = 0

/** United States: second Sunday of March to first of November since 2007; April to October before. */
function newYorkSummer(year: number): Summer {
  if (year >= 2007) return { first: nthWeekday(year, 3, SUNDAY, 2), last: nthWeekday(year, 11, SUNDAY, 1) - 1 }
  const first = year >= 1987 ? nthWeekday(year, 4, SUNDAY, 1) : lastWeekday(year, 4, SUNDAY)
  return { first, last: lastWeekday(year, 10, SUNDAY) - 1 }
}

/** United Kingdom: last Sundays of March and October since 1996; before, summer ended in the fourth week of October. */
function londonSummer(year: number): Summer {
  const first = lastWeekday(year, 3, SUNDAY)
  if (year >= 1996) return { first, last: lastWeekday(year, 10, SUNDAY) - 1 }
  const earliestEnd = dayFromCivil(year, 10, year >= 1990 ? 22 : 23)
  const firstSunday = nthWeekday(year, 10, SUNDAY, 1)
  const end = firstSunday + 7 * Math.ceil((earliestEnd - firstSunday) / 7)
  return { first, last: end - 1 }
}

function isSummer(day: EpochDay, summerOf: (year: number) => Summer): boolean {
  const { first, last } = summerOf(civilFromDay(day).year)
  return day >= first && day <= last
}

/**
 * Hours from New York to London at the afternoon settlements: 5, or 4 in the weeks of March and about the end of
 * October when only New York keeps summer time (6 in the weeks of spring before 2007 when only London did).
 * For days from 1981.
 */
export function hoursNewYorkToLondon(day: EpochDay): 4 | 5 | 6 {
  const newYork = isSummer(day, newYorkSummer)
  const london = isSummer(day, londonSummer)
  return newYork === london ? 5 : newYork ? 4 : 6
}

/**
 * True on days when the settlements of NYMEX (14:30 New York) and ICE Brent (19:30 London) are an hour apart, so that a
 * WTI–Brent difference holds an hour of the market's move.
 */
export function clocksOutOfStep(day: EpochDay): boolean {
  return hoursNewYorkToLondon(day) !== 5
}
