import {
  civilFromDay,
  dayFromCivil,
  daysInMonth,
  isoFromDay,
  isWeekend,
  weekdayOf,
  type EpochDay,
  type Weekday,
} from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { SettlementCalendarName } from './instrument.js'
import type { BusinessCalendar } from './market.js'

/**
 * NYMEX: days with a NYMEX settlement. ICE: days with an ICE Futures Europe settlement. UK: London banking days, which
 * expiry rules count. NYMEX-TRADING: days on which Globex energy trades, early closes included.
 */
export type CalendarName = SettlementCalendarName | 'UK' | 'NYMEX-TRADING'

/** Days that the yearly rules do not know, each with its reason: what `config/calendars.yaml` holds. */
export interface CalendarExceptions {
  readonly closed: ReadonlyMap<EpochDay, string>
  /** Open although the yearly rule says closed. */
  readonly open: ReadonlyMap<EpochDay, string>
}

/** New York times at which Globex energy stops on days that are settlement holidays but trade. */
export interface EarlyCloseTimes {
  readonly from: EpochDay
  readonly holiday: string
  readonly dayAfterThanksgiving: string
}

export interface Calendars {
  readonly exceptions: Readonly<Record<CalendarName, CalendarExceptions>>
  /** Effective-dated, ascending. */
  readonly earlyCloses: readonly EarlyCloseTimes[]
}

const FIRST_YEAR = 1979
const LAST_YEAR = 2060
export const FIRST_CALENDAR_DAY: EpochDay = dayFromCivil(FIRST_YEAR, 1, 1)
export const LAST_CALENDAR_DAY: EpochDay = dayFromCivil(LAST_YEAR, 12, 31)

/** Easter Sunday. J. Meeus (1991), "Astronomical Algorithms", chapter 8 (Gregorian). */
export function easterSunday(year: number): EpochDay {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return dayFromCivil(year, Math.floor(sum / 31), (sum % 31) + 1)
}

const MONDAY = 1
const THURSDAY = 4
const SATURDAY = 6
const SUNDAY = 0

/** The nth given weekday of a month: the third Monday of January. */
export function nthWeekday(year: number, month: number, weekday: Weekday, n: number): EpochDay {
  const first = dayFromCivil(year, month, 1)
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (n - 1)
}

export function lastWeekday(year: number, month: number, weekday: Weekday): EpochDay {
  const last = dayFromCivil(year, month, daysInMonth(year, month))
  return last - ((weekdayOf(last) - weekday + 7) % 7)
}

/** New York's habit: a Saturday holiday is kept on Friday, a Sunday one on Monday. */
function keptNearest(day: EpochDay): EpochDay {
  const weekday = weekdayOf(day)
  return weekday === SATURDAY ? day - 1 : weekday === SUNDAY ? day + 1 : day
}

/** Kept on Monday where it falls on Sunday; a Saturday one is not made up for. */
function keptOnMonday(day: EpochDay): EpochDay {
  return weekdayOf(day) === SUNDAY ? day + 1 : day
}

/** NYMEX began to keep the day of Martin Luther King in 1998: before, EIA has settlements on it every year. */
const MARTIN_LUTHER_KING_SINCE = 1998
const JUNETEENTH_SINCE = 2022

/** Settlement holidays on which Globex trades all the same, until an early close. */
function nymexTradedHolidays(year: number): EpochDay[] {
  const holidays = [
    nthWeekday(year, 2, MONDAY, 3),
    lastWeekday(year, 5, MONDAY),
    keptNearest(dayFromCivil(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1),
    nthWeekday(year, 11, THURSDAY, 4),
  ]
  if (year >= MARTIN_LUTHER_KING_SINCE) holidays.push(nthWeekday(year, 1, MONDAY, 3))
  if (year >= JUNETEENTH_SINCE) holidays.push(keptNearest(dayFromCivil(year, 6, 19)))
  return holidays
}

function nymexFullCloses(year: number): EpochDay[] {
  return [keptOnMonday(dayFromCivil(year, 1, 1)), easterSunday(year) - 2, keptNearest(dayFromCivil(year, 12, 25))]
}

/** ICE settles on every weekday but three, London bank holidays included; a Saturday Christmas is not made up for. */
function iceHolidays(year: number): EpochDay[] {
  return [keptOnMonday(dayFromCivil(year, 1, 1)), easterSunday(year) - 2, keptOnMonday(dayFromCivil(year, 12, 25))]
}

/** Bank holidays of England and Wales: a weekend one is made up for on the next day that is not one already. */
function ukHolidays(year: number): EpochDay[] {
  const newYear = dayFromCivil(year, 1, 1)
  const christmas = dayFromCivil(year, 12, 25)
  const easter = easterSunday(year)
  const christmasWeekday = weekdayOf(christmas)
  return [
    isWeekend(newYear) ? newYear + (weekdayOf(newYear) === SATURDAY ? 2 : 1) : newYear,
    easter - 2,
    easter + 1,
    nthWeekday(year, 5, MONDAY, 1),
    lastWeekday(year, 5, MONDAY),
    lastWeekday(year, 8, MONDAY),
    isWeekend(christmas) ? christmas + 2 : christmas,
    christmasWeekday === 5 ? christmas + 3 : christmasWeekday === SATURDAY ? christmas + 3 : christmas + 1,
  ]
}

const HOLIDAYS: Readonly<Record<CalendarName, (year: number) => EpochDay[]>> = {
  NYMEX: (year) => [...nymexFullCloses(year), ...nymexTradedHolidays(year)],
  ICE: iceHolidays,
  UK: ukHolidays,
  'NYMEX-TRADING': nymexFullCloses,
}

/** 52 weeks: 260 weekdays. */
const BLOCK_DAYS = 364
const BLOCK_BUSINESS_DAYS = 260
/** What a business day holds before its block is spread: 1970-01-01, which is New Year's Day in every calendar. */
const UNSPREAD = 0

/** One calendar, from the yearly rules and the dated exceptions. Days from 1979 to 2060. */
export function createCalendar(name: CalendarName, calendars: Calendars): BusinessCalendar {
  const origin = FIRST_CALENDAR_DAY
  const days = LAST_CALENDAR_DAY - origin + 1
  const open = new Uint8Array(days)
  // One week, then copies of it in doubling lengths: a command pays for this loop at every start.
  for (let i = 0; i < 7; i++) open[i] = isWeekend(origin + i) ? 0 : 1
  for (let filled = 7; filled < days; filled *= 2) open.copyWithin(filled, 0, filled)
  // Counts are kept per block of whole weeks and spread over the days of a block when one of them is asked for: a command
  // looks at a few years of the eight decades.
  const blocks = Math.ceil(days / BLOCK_DAYS)
  const countBefore = new Int32Array(blocks + 1).fill(BLOCK_BUSINESS_DAYS)
  for (let i = days; i < blocks * BLOCK_DAYS; i++) countBefore[blocks] -= isWeekend(origin + i) ? 0 : 1
  const set = (day: EpochDay, value: 0 | 1): void => {
    const i = day - origin
    if (!(i >= 0 && i < days) || open[i] === value) return
    open[i] = value
    countBefore[Math.floor(i / BLOCK_DAYS) + 1] += value === 1 ? 1 : -1
  }
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) for (const day of HOLIDAYS[name](year)) set(day, 0)
  const exceptions = calendars.exceptions[name]
  for (const day of exceptions.closed.keys()) set(day, 0)
  for (const day of exceptions.open.keys()) set(day, 1)
  countBefore[0] = 0
  for (let block = 0; block < blocks; block++) countBefore[block + 1] += countBefore[block]
  const count = countBefore[blocks]

  /** Business days up to and including each day; and each business day by its number, from 0. */
  const countThrough = new Int32Array(days)
  const businessDays = new Int32Array(count)
  const isSpread = new Uint8Array(blocks)
  const spread = (block: number): void => {
    isSpread[block] = 1
    let n = countBefore[block]
    const end = Math.min(days, (block + 1) * BLOCK_DAYS)
    for (let i = block * BLOCK_DAYS; i < end; i++) {
      if (open[i] === 1) businessDays[n++] = origin + i
      countThrough[i] = n
    }
  }

  const through = (day: EpochDay): number => {
    const i = day - origin
    if (!(i >= 0 && i < days)) throw outside(name, day)
    const block = Math.floor(i / BLOCK_DAYS)
    if (isSpread[block] === 0) spread(block)
    return countThrough[i]
  }
  const numbered = (n: number, asked: EpochDay): EpochDay => {
    if (n < 0 || n >= count) throw outside(name, asked)
    if (businessDays[n] === UNSPREAD) spread(countBefore.findIndex((before) => before > n) - 1)
    return businessDays[n]
  }
  const isBusinessDay = (day: EpochDay): boolean => open[day - origin] === 1

  return {
    name,
    isBusinessDay,
    addBusinessDays(day, n) {
      if (n === 0) return day
      const upTo = through(day)
      return numbered(n > 0 ? upTo + n - 1 : upTo - (isBusinessDay(day) ? 1 : 0) + n, day)
    },
    onOrBefore: (day) => numbered(through(day) - 1, day),
    onOrAfter: (day) => (isBusinessDay(day) ? day : numbered(through(day), day)),
    businessDaysBetween: (from, to) => through(to) - through(from),
    earlyClose(day) {
      if (name !== 'NYMEX-TRADING' || !isBusinessDay(day)) return null
      const times = calendars.earlyCloses.findLast((entry) => entry.from <= day)
      if (!times) return null
      const { year } = civilFromDay(day)
      if (nymexTradedHolidays(year).includes(day)) return times.holiday
      return day === nthWeekday(year, 11, THURSDAY, 4) + 1 ? times.dayAfterThanksgiving : null
    },
  }
}

function outside(name: CalendarName, day: EpochDay): ContangoError {
  const shown = Number.isInteger(day) ? isoFromDay(day) : String(day)
  return new ContangoError(
    'usage',
    'DAY_OUTSIDE_CALENDAR',
    `the ${name} calendar runs from ${FIRST_YEAR} to ${LAST_YEAR}; ${shown} leads out of it`,
    'use a date from 1980 to 2050',
    { calendar: name, day: shown },
  )
}
