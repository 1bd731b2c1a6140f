import { dayFromCivil, daysInMonth, type EpochDay } from '../kernel/day.js'
import { monthFromIndex, monthIndexOf, type ContractMonth } from './contract-month.js'
import type { ExpiryRule } from './instrument.js'
import type { BusinessCalendar } from './market.js'

/** The two calendars that expiry rules count in. */
export interface ExpiryCalendars {
  readonly nymex: BusinessCalendar
  readonly uk: BusinessCalendar
}

function dayOf(month: ContractMonth, dayOfMonth: number): EpochDay {
  return dayFromCivil(Math.floor(month / 100), month % 100, dayOfMonth)
}

function monthEnd(month: ContractMonth): EpochDay {
  return dayOf(month, daysInMonth(Math.floor(month / 100), month % 100))
}

function monthsBefore(month: ContractMonth, months: number): ContractMonth {
  return monthFromIndex(monthIndexOf(month) - months)
}

/** Three business days before the 25th of the month before delivery; before the last business day ahead of the 25th if that is closed. */
function wti(month: ContractMonth, { nymex }: ExpiryCalendars): EpochDay {
  return nymex.addBusinessDays(nymex.onOrBefore(dayOf(monthsBefore(month, 1), 25)), -3)
}

/** RBOB and heating oil: the last business day of the month before delivery. */
function monthEndBefore(month: ContractMonth, { nymex }: ExpiryCalendars): EpochDay {
  return nymex.onOrBefore(monthEnd(monthsBefore(month, 1)))
}

/** The third last business day of the month before delivery. */
function naturalGas(month: ContractMonth, { nymex }: ExpiryCalendars): EpochDay {
  return nymex.addBusinessDays(dayOf(month, 1), -3)
}

/** Two London business days before the 14th of the delivery month. */
function gasoil(month: ContractMonth, { uk }: ExpiryCalendars): EpochDay {
  return uk.addBusinessDays(dayOf(month, 14), -2)
}

/** The contract from which Brent expires two months ahead instead of one and a half. */
const BRENT_TWO_MONTHS_AHEAD_SINCE: ContractMonth = 201603

/** Until the contract of February 2016: the business day before the 15th day ahead of the delivery month. */
function brentBefore2016(month: ContractMonth, { uk }: ExpiryCalendars): EpochDay {
  return uk.addBusinessDays(uk.onOrBefore(dayOf(month, 1) - 15), -1)
}

/**
 * The last London business day of the second month before delivery; one earlier where that is the business day before
 * Christmas or New Year's Day, which is what moves the February contract.
 */
function brentIce(month: ContractMonth, calendars: ExpiryCalendars): EpochDay {
  if (month < BRENT_TWO_MONTHS_AHEAD_SINCE) return brentBefore2016(month, calendars)
  const { uk } = calendars
  const last = uk.onOrBefore(monthEnd(monthsBefore(month, 2)))
  const year = Math.floor(monthsBefore(month, 2) / 100)
  const isEve = [dayFromCivil(year, 12, 25), dayFromCivil(year + 1, 1, 1)].some(
    (feast) => uk.addBusinessDays(feast, -1) === last,
  )
  return isEve ? uk.addBusinessDays(last, -1) : last
}

/** As ICE Brent, but the February contract always ends on the second last London business day. */
function brentCme(month: ContractMonth, calendars: ExpiryCalendars): EpochDay {
  if (month < BRENT_TWO_MONTHS_AHEAD_SINCE) return brentBefore2016(month, calendars)
  const { uk } = calendars
  const last = uk.onOrBefore(monthEnd(monthsBefore(month, 2)))
  return month % 100 === 2 ? uk.addBusinessDays(last, -1) : last
}

/** Dubai: the last London business day of the delivery month itself, whose average it settles on. */
function monthEndOf(month: ContractMonth, { uk }: ExpiryCalendars): EpochDay {
  return uk.onOrBefore(monthEnd(month))
}

/** The rules of the exchanges by name. Real dates that a rule misses stand in `config/instruments.yaml`. */
export const LAST_TRADING_DAY_RULES: Readonly<
  Record<ExpiryRule, (month: ContractMonth, calendars: ExpiryCalendars) => EpochDay>
> = {
  wti,
  'month-end-before': monthEndBefore,
  'natural-gas': naturalGas,
  gasoil,
  'brent-ice': brentIce,
  'brent-cme': brentCme,
  'month-end': monthEndOf,
}
