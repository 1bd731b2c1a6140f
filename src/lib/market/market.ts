import type { EpochDay } from '../kernel/day.js'
import type { CalendarName } from './calendars.js'
import type { ContractMonth } from './contract-month.js'
import type { Instrument, PriceUnit, Product } from './instrument.js'

/** A set of business days, precomputed for 1979–2060. */
export interface BusinessCalendar {
  readonly name: string
  /** False also outside 1979–2060; the other questions throw usage DAY_OUTSIDE_CALENDAR there. */
  isBusinessDay(day: EpochDay): boolean
  /** The nth business day after (n > 0) or before (n < 0) `day`; `day` itself need not be one. */
  addBusinessDays(day: EpochDay, n: number): EpochDay
  /** `day` if it is a business day, else the last one before it. */
  onOrBefore(day: EpochDay): EpochDay
  onOrAfter(day: EpochDay): EpochDay
  /** Business days in (from, to]. */
  businessDaysBetween(from: EpochDay, to: EpochDay): number
  /** When trading stops early that day, in the exchange's clock (`13:00`); null on a full day or a closed one. */
  earlyClose(day: EpochDay): string | null
}

/** Everything that the rules of the exchanges say, built once from `config/instruments.yaml` and `config/calendars.yaml`. */
export interface Market {
  readonly products: readonly Product[]
  instrument(product: Product): Instrument
  /** From what a user typed (`wti`, `CL`, `brent`); throws usage UNKNOWN_PRODUCT that lists the valid names. */
  resolveProduct(text: string): Product
  settlementCalendar(product: Product): BusinessCalendar
  calendar(name: CalendarName): BusinessCalendar
  /** Contract months from 1980-01 to 2050-12; throws usage MONTH_OUT_OF_RANGE outside. */
  lastTradingDay(product: Product, month: ContractMonth): EpochDay
  /** The contract that holds `rank` (1 = front) on `day`: a contract is rank 1 through its last trading day. */
  monthAtRank(product: Product, day: EpochDay, rank: number): ContractMonth
  /** The inverse: rank of `month` on `day`; 0 or less once it has expired. */
  rankOfMonth(product: Product, day: EpochDay, month: ContractMonth): number
  /** `CLF24`: root, month letter, two-digit year. */
  contractCode(product: Product, month: ContractMonth): string
  /** The quote in USD/bbl: × 42 for USD/gal, ÷ 7.45 for gasoil's USD/t; null for natural gas. */
  usdPerBbl(product: Product, price: number): number | null
}

export type { Instrument, PriceUnit, Product }
