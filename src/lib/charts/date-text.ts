import { civilFromDay, dayFromIso, type EpochDay } from '../kernel/day.js'
import { monthFromIso } from '../market/contract-month.js'

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `29 Dec 2023`, from an epoch day or `2023-12-29`; `29 Dec 2023 14:30 UTC` from an ISO time; a text that is no date stays as it is. */
export function dateText(date: EpochDay | string): string {
  const time = typeof date === 'string' ? /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?Z$/.exec(date) : null
  if (time) return `${dateText(time[1])} ${time[2]} UTC`
  const day = typeof date === 'string' ? dayFromIso(date) : date
  if (day === null) return String(date)
  const { year, month, dayOfMonth } = civilFromDay(day)
  return `${dayOfMonth} ${MONTHS[month - 1]} ${year}`
}

/** `Jan 2024` from `2024-01`. */
export function monthText(isoMonth: string): string {
  const month = monthFromIso(isoMonth)
  return month === null ? isoMonth : `${MONTHS[(month % 100) - 1]} ${Math.floor(month / 100)}`
}
