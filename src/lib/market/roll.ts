import { civilFromDay, dayFromCivil, daysInMonth, type EpochDay } from '../kernel/day.js'
import { monthFromIndex, monthIndexOf, type ContractMonth } from './contract-month.js'
import type { Market, Product } from './market.js'

/** When a position moves from one contract to the next, at that day's settlement. */
export type RollRule =
  /** So many business days before the last trading day; 0 is on it. */
  | { readonly kind: 'calendar'; readonly businessDaysBefore: number }
  /** The last such day of a month that is not after the last trading day. */
  | { readonly kind: 'fixed-day'; readonly dayOfMonth: number }
  /** The settlement after the one for which the next contract's open interest (or volume) was the larger. */
  | { readonly kind: 'open-interest' }
  | { readonly kind: 'volume' }

/** The largest `calendar:` that a monthly contract allows without skipping one. */
export const MAX_BUSINESS_DAYS_BEFORE = 15

/** Reads `calendar:5`, `fixed-day:15`, `open-interest`, `volume`; null for anything else. */
export function parseRollRule(text: string): RollRule | null {
  if (text === 'open-interest' || text === 'volume') return { kind: text }
  const match = /^(calendar|fixed-day):(\d{1,2})$/.exec(text)
  if (!match) return null
  const n = Number(match[2])
  if (match[1] === 'calendar') return n <= MAX_BUSINESS_DAYS_BEFORE ? { kind: 'calendar', businessDaysBefore: n } : null
  return n >= 1 && n <= 31 ? { kind: 'fixed-day', dayOfMonth: n } : null
}

/** The rule in words, for the description that a continuous series carries. */
export function rollRuleInWords(rule: RollRule): string {
  switch (rule.kind) {
    case 'calendar':
      return rule.businessDaysBefore === 0
        ? 'rolled at the settlement of the last trading day'
        : `rolled at the settlement ${rule.businessDaysBefore} business days before the last trading day`
    case 'fixed-day':
      return `rolled at the settlement of day ${rule.dayOfMonth} of the month, or the business day before it`
    case 'open-interest':
      return 'rolled at the settlement after the next contract had the larger open interest, at the latest on the last trading day'
    case 'volume':
      return 'rolled at the settlement after the next contract had the larger volume, at the latest on the last trading day'
  }
}

/**
 * The settlement day at which a position in `month` moves on, where a rule of dates gives it. For open interest and
 * volume it is the last resort: the last trading day.
 */
export function scheduledRollDay(market: Market, product: Product, month: ContractMonth, rule: RollRule): EpochDay {
  const lastTradingDay = market.lastTradingDay(product, month)
  const calendar = market.settlementCalendar(product)
  switch (rule.kind) {
    case 'calendar':
      return rule.businessDaysBefore === 0
        ? calendar.onOrBefore(lastTradingDay)
        : calendar.addBusinessDays(lastTradingDay, -rule.businessDaysBefore)
    case 'fixed-day':
      return calendar.onOrBefore(latestDayOfMonth(lastTradingDay, rule.dayOfMonth))
    case 'open-interest':
    case 'volume':
      return calendar.onOrBefore(lastTradingDay)
  }
}

/** The latest nth of a month (or its end, if shorter) on or before `day`. */
function latestDayOfMonth(day: EpochDay, dayOfMonth: number): EpochDay {
  const { year, month } = civilFromDay(day)
  const inThisMonth = dayFromCivil(year, month, Math.min(dayOfMonth, daysInMonth(year, month)))
  if (inThisMonth <= day) return inThisMonth
  const before = monthFromIndex(monthIndexOf(year * 100 + month) - 1)
  const beforeYear = Math.floor(before / 100)
  return dayFromCivil(beforeYear, before % 100, Math.min(dayOfMonth, daysInMonth(beforeYear, before % 100)))
}
