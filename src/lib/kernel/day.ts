/** Whole days since 1970-01-01, proleptic Gregorian; no time zone is involved. */
export type EpochDay = number

export interface CivilDate {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  /** 1 to 31 */
  readonly dayOfMonth: number
}

/** 0 is Sunday, 6 is Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** Day number of a civil date. H. Hinnant (2013), "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
export function dayFromCivil(year: number, month: number, dayOfMonth: number): EpochDay {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of {@link dayFromCivil}. */
export function civilFromDay(day: EpochDay): CivilDate {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth }
}

export function weekdayOf(day: EpochDay): Weekday {
  return ((((day + 4) % 7) + 7) % 7) as Weekday
}

export function isWeekend(day: EpochDay): boolean {
  const weekday = weekdayOf(day)
  return weekday === 0 || weekday === 6
}

export function daysInMonth(year: number, month: number): number {
  return month === 2
    ? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31
}

const pad2 = (n: number): string => (n < 10 ? `0${n}` : `${n}`)

/** `2020-04-20` for 18372. */
export function isoFromDay(day: EpochDay): string {
  const { year, month, dayOfMonth } = civilFromDay(day)
  return `${String(year).padStart(4, '0')}-${pad2(month)}-${pad2(dayOfMonth)}`
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** The day of a strict `YYYY-MM-DD`; null for anything else, 2023-02-29 included. */
export function dayFromIso(text: string): EpochDay | null {
  const match = ISO_DATE.exec(text)
  if (!match) return null
  const year = Number(match[1])
  const month = Number(match[2])
  const dayOfMonth = Number(match[3])
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return null
  return dayFromCivil(year, month, dayOfMonth)
}

/** A day column as ISO texts; days of one month behind each other share its work. */
export function isoDays(days: ArrayLike<number>): string[] {
  const texts = new Array<string>(days.length)
  let first = 0
  let until = 0
  let prefix = ''
  for (let i = 0; i < days.length; i++) {
    const day = days[i]
    if (!(day >= first && day < until)) {
      const { year, month, dayOfMonth } = civilFromDay(day)
      first = day - dayOfMonth + 1
      until = first + daysInMonth(year, month)
      prefix = `${String(year).padStart(4, '0')}-${pad2(month)}-`
    }
    texts[i] = prefix + pad2(day - first + 1)
  }
  return texts
}
