import { civilFromDay, dayFromCivil, weekdayOf, type EpochDay } from '../kernel/day.js'

/** nth (1 …) weekday of a month; n = 5 stands for the last. */
function nthWeekday(year: number, month: number, weekday: number, n: number): EpochDay {
  if (n === 5) {
    const last = dayFromCivil(year, month + 1, 1) - 1
    return last - ((weekdayOf(last) - weekday + 7) % 7)
  }
  const first = dayFromCivil(year, month, 1)
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1)
}

/** A holiday with a fixed date is kept on the Friday before where it falls on a Saturday, on the Monday after a Sunday. */
function observed(day: EpochDay): EpochDay {
  const weekday = weekdayOf(day)
  return weekday === 6 ? day - 1 : weekday === 0 ? day + 1 : day
}

function holidaysOf(year: number): ReadonlySet<EpochDay> {
  const days = [
    observed(dayFromCivil(year, 1, 1)),
    observed(dayFromCivil(year + 1, 1, 1)),
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    nthWeekday(year, 5, 1, 5),
    observed(dayFromCivil(year, 7, 4)),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 10, 1, 2),
    observed(dayFromCivil(year, 11, 11)),
    nthWeekday(year, 11, 4, 4),
    observed(dayFromCivil(year, 12, 25)),
  ]
  if (year >= 2021) days.push(observed(dayFromCivil(year, 6, 19)))
  return new Set(days)
}

const byYear = new Map<number, ReadonlySet<EpochDay>>()

/**
 * A holiday of the US federal government (5 U.S.C. 6103), on which its statistical agencies publish nothing. It is
 * not the exchange's list: Columbus Day and Veterans Day settle, Good Friday does not. King's birthday since 1986,
 * Juneteenth since 2021.
 */
export function isFederalHoliday(day: EpochDay): boolean {
  const { year } = civilFromDay(day)
  let holidays = byYear.get(year)
  if (!holidays) {
    holidays = holidaysOf(year)
    byYear.set(year, holidays)
  }
  return holidays.has(day)
}
