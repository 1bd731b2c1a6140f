import type { EpochDay } from '../kernel/day.js'
import { zoneOffset } from '../kernel/zone-offset.js'
import type { Instrument } from './instrument.js'
import type { BusinessCalendar } from './market.js'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/**
 * Session date of each instant, by the exchange's own clock. Where a session opens in the evening (NYMEX: 18:00 New York to 17:00) the
 * evening belongs to the next date; a Sunday belongs to Monday, and what is traded on a day without a settlement (Thanksgiving
 * until its early close) to the next day that has one. Daylight saving is that of the exchange's zone: in the weeks of
 * March when only New York has changed, 22:30 UTC is the next session of WTI and still this one of Brent.
 * @param timeMs milliseconds since 1970-01-01 UTC: starts of bars
 * @param calendar days that have a settlement
 */
export function sessionDays(
  timeMs: Float64Array,
  { zone, session }: Pick<Instrument, 'zone' | 'session'>,
  calendar: BusinessCalendar,
): Int32Array {
  const offsetOf = zoneOffset(zone)
  const opens = minutesOf(session.open)
  const isOvernight = opens > minutesOf(session.close)
  const days = new Int32Array(timeMs.length)
  let date: EpochDay = Number.NaN
  let settles: EpochDay = Number.NaN
  for (let i = 0; i < timeMs.length; i++) {
    const local = timeMs[i] + offsetOf(timeMs[i])
    let day = Math.floor(local / DAY_MS)
    if (isOvernight && local - day * DAY_MS >= opens * MINUTE_MS) day++
    if (day !== date) {
      date = day
      settles = calendar.onOrAfter(day)
    }
    days[i] = settles
  }
  return days
}

/** `18:00` in minutes after midnight. */
function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return 60 * hours + minutes
}
