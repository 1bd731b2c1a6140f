import { civilFromDay, dayFromCivil, dayFromIso, isoFromDay, type EpochDay } from '../../kernel/day.js'
import type { SeriesColumns } from '../../market/dataset.js'

/**
 * A day as the API's period stamp. The API compares stamps as texts, so that a monthly start of 2008-02-01 would leave
 * out 2008-02: monthly bounds are months.
 */
export function periodStamp(day: EpochDay, frequency: SeriesColumns['frequency']): string {
  const iso = isoFromDay(day)
  return frequency === 'monthly' ? iso.slice(0, 7) : iso
}

/** The inverse: the day, or the first of the month; null for anything else. */
export function dayOfStamp(stamp: string, frequency: SeriesColumns['frequency']): EpochDay | null {
  if (frequency !== 'monthly') return dayFromIso(stamp)
  return /^\d{4}-\d{2}$/.test(stamp) ? dayFromIso(`${stamp}-01`) : null
}

/** The first day of the period that holds `day`. */
export function periodStart(day: EpochDay, frequency: SeriesColumns['frequency']): EpochDay {
  if (frequency !== 'monthly') return day
  const { year, month } = civilFromDay(day)
  return dayFromCivil(year, month, 1)
}
