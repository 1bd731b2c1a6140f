import { dayFromIso, isoFromDay, weekdayOf, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { CalendarName, Calendars } from '../market/calendars.js'
import type { Market } from '../market/market.js'

/** Calendars by name, with the clock that says which day it is there. */
const ZONES: Readonly<Record<CalendarName, string>> = {
  NYMEX: 'America/New_York',
  ICE: 'Europe/London',
  UK: 'Europe/London',
  'NYMEX-TRADING': 'America/New_York',
}
export const TRADING_CALENDARS = Object.keys(ZONES) as CalendarName[]

/** Whether a job that wants a trading day has one. */
export interface TradingDay {
  readonly calendar: CalendarName
  readonly date: string
  readonly isTradingDay: boolean
  /** Why not; null on a trading day. */
  readonly reason: string | null
}

/** @throws usage UNKNOWN_CALENDAR */
export function calendarNamed(text: string): CalendarName {
  const found = TRADING_CALENDARS.find((name) => name === text.toUpperCase())
  if (found) return found
  throw new ContangoError(
    'usage',
    'UNKNOWN_CALENDAR',
    `there is no calendar "${text}"`,
    `one of ${TRADING_CALENDARS.join(', ')}`,
    { calendar: text },
  )
}

/** Today where the exchange stands: at 20:00 New York a job in Singapore still runs for New York's day. */
function todayAt(calendar: CalendarName, nowMs: number): EpochDay {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: ZONES[calendar],
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(nowMs)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return dayFromIso(`${part('year')}-${part('month')}-${part('day')}`)!
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** Is `day`, by default today where the exchange stands, a trading day of the calendar? */
export function tradingDay(
  calendar: CalendarName,
  day: EpochDay | null,
  { market, calendars, nowMs }: { readonly market: Market; readonly calendars: Calendars; readonly nowMs: number },
): TradingDay {
  const asked = day ?? todayAt(calendar, nowMs)
  const isTradingDay = market.calendar(calendar).isBusinessDay(asked)
  const date = isoFromDay(asked)
  const weekday = weekdayOf(asked)
  const closed =
    calendars.exceptions[calendar].closed.get(asked) ??
    (weekday === 0 || weekday === 6 ? `a ${WEEKDAYS[weekday]}` : `a holiday, ${WEEKDAYS[weekday]}`)
  return {
    calendar,
    date,
    isTradingDay,
    reason: isTradingDay ? null : `${date} is no trading day of ${calendar}: ${closed}`,
  }
}
