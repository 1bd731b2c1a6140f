import { civilFromDay, isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { createCalendar, type CalendarName, type Calendars } from './calendars.js'
import { contractCodeOf } from './contract-code.js'
import {
  FIRST_CONTRACT_MONTH,
  LAST_CONTRACT_MONTH,
  isoFromMonth,
  monthFromIndex,
  monthIndexOf,
  type ContractMonth,
} from './contract-month.js'
import type { Instrument, Product } from './instrument.js'
import { LAST_TRADING_DAY_RULES, type ExpiryCalendars } from './last-trading-day.js'
import type { BusinessCalendar, Market } from './market.js'
import { usdPerBbl } from './units.js'

const FIRST_INDEX = monthIndexOf(FIRST_CONTRACT_MONTH)
/** A last trading day that nobody has asked for yet; far outside of every calendar. */
const UNKNOWN: EpochDay = -0x8000_0000
const CONTRACTS = monthIndexOf(LAST_CONTRACT_MONTH) - FIRST_INDEX + 1

/** The last trading days of one product, each worked out when it is first asked for, and where the last search ended. */
interface ExpiryTable {
  at(i: number): EpochDay
  front: number
}

/**
 * The rules of the exchanges as one object. Calendars and expiry tables are made on first use, so that a command that
 * asks about one product pays for one.
 */
export function createMarket(instruments: readonly Instrument[], calendars: Calendars): Market {
  const byProduct = new Map<Product, Instrument>(instruments.map((instrument) => [instrument.product, instrument]))
  const products = instruments.map(({ product }) => product)
  const byName = new Map<string, Product>()
  for (const { product, codes, aliases } of instruments) {
    for (const name of [product, codes.exchange, ...(codes.bloomberg === null ? [] : [codes.bloomberg]), ...aliases]) {
      byName.set(name.toLowerCase(), product)
    }
  }
  const madeCalendars = new Map<CalendarName, BusinessCalendar>()
  const tables = new Map<Product, ExpiryTable>()
  const expiryCalendars: ExpiryCalendars = {
    get nymex() {
      return calendar('NYMEX')
    },
    get uk() {
      return calendar('UK')
    },
  }

  function calendar(name: CalendarName): BusinessCalendar {
    let made = madeCalendars.get(name)
    if (!made) madeCalendars.set(name, (made = createCalendar(name, calendars)))
    return made
  }

  function instrument(product: Product): Instrument {
    const found = byProduct.get(product)
    if (!found) throw unknownProduct(product, instruments)
    return found
  }

  function tableOf(product: Product): ExpiryTable {
    let table = tables.get(product)
    if (!table) {
      const { expiryRule, lastTradingDayOverrides } = instrument(product)
      const rule = LAST_TRADING_DAY_RULES[expiryRule]
      const lastTradingDays = new Int32Array(CONTRACTS).fill(UNKNOWN)
      const at = (i: number): EpochDay => {
        if (lastTradingDays[i] === UNKNOWN) {
          const month = monthFromIndex(FIRST_INDEX + i)
          lastTradingDays[i] = lastTradingDayOverrides.get(month) ?? rule(month, expiryCalendars)
        }
        return lastTradingDays[i]
      }
      // The rules give a later day for a later month by themselves: only a written date can stand out of order.
      for (const month of lastTradingDayOverrides.keys()) {
        const i = monthIndexOf(month) - FIRST_INDEX
        for (const j of [i, i + 1]) {
          if (j >= 1 && j < CONTRACTS && at(j) <= at(j - 1)) {
            throw unorderedExpiries(product, monthFromIndex(FIRST_INDEX + j))
          }
        }
      }
      tables.set(product, (table = { at, front: 0 }))
    }
    return table
  }

  /** Position of the first contract whose last trading day has not passed; daily loops find it where they left it. */
  function frontPosition(product: Product, day: EpochDay): number {
    const table = tableOf(product)
    const { at, front } = table
    if (front > 0 && at(front) >= day && at(front - 1) < day) return front
    // a contract ends within a few months of its delivery month
    const { year, month } = civilFromDay(day)
    let i = Math.min(Math.max(monthIndexOf(year * 100 + month) - FIRST_INDEX, 0), CONTRACTS)
    while (i > 0 && at(i - 1) >= day) i--
    while (i < CONTRACTS && at(i) < day) i++
    if (i < CONTRACTS) table.front = i
    return i
  }

  function position(product: Product, month: ContractMonth): number {
    const i = monthIndexOf(month) - FIRST_INDEX
    const isMonth = Number.isInteger(month) && month % 100 >= 1 && month % 100 <= 12
    if (!isMonth || i < 0 || i >= CONTRACTS) throw monthOutOfRange(product, month)
    return i
  }

  return {
    products,
    instrument,
    resolveProduct(text) {
      const product = byName.get(text.trim().toLowerCase().replaceAll('_', '-'))
      if (!product) throw unknownProduct(text, instruments)
      return product
    },
    settlementCalendar: (product) => calendar(instrument(product).settlementCalendar),
    calendar,
    lastTradingDay: (product, month) => tableOf(product).at(position(product, month)),
    monthAtRank(product, day, rank) {
      const i = frontPosition(product, day) + rank - 1
      if (!(rank >= 1 && i < CONTRACTS)) throw rankOutOfRange(product, day, rank)
      return monthFromIndex(FIRST_INDEX + i)
    },
    rankOfMonth: (product, day, month) => position(product, month) - frontPosition(product, day) + 1,
    contractCode: contractCodeOf,
    usdPerBbl: (product, price) => usdPerBbl(instrument(product).unit, price),
  }
}

function unknownProduct(text: string, instruments: readonly Instrument[]): ContangoError {
  const names = instruments.map(({ product, aliases }) => (aliases.length > 0 ? `${product} (${aliases[0]})` : product))
  return new ContangoError(
    'usage',
    'UNKNOWN_PRODUCT',
    `there is no product "${text}"`,
    `one of ${names.join(', ')}; contango ticker list shows them all`,
    { product: text, products: instruments.map(({ product }) => product) },
  )
}

function monthOutOfRange(product: Product, month: ContractMonth): ContangoError {
  const shown = Number.isInteger(month) ? isoFromMonth(month) : String(month)
  return new ContangoError(
    'usage',
    'MONTH_OUT_OF_RANGE',
    `${product} ${shown}: contract months run from 1980-01 to 2050-12`,
    'contango contracts PRODUCT --from 2024-01 --to 2026-12',
    { product, month: shown },
  )
}

function rankOutOfRange(product: Product, day: EpochDay, rank: number): ContangoError {
  return new ContangoError(
    'usage',
    'RANK_OUT_OF_RANGE',
    `${product} has no rank ${rank} on ${isoFromDay(day)}: ranks start at 1 and contracts end with 2050-12`,
    undefined,
    { product, day: isoFromDay(day), rank },
  )
}

function unorderedExpiries(product: Product, month: ContractMonth): ContangoError {
  return new ContangoError(
    'config',
    'UNORDERED_EXPIRIES',
    `${product} ${isoFromMonth(month)} would expire on or before the contract ahead of it`,
    'correct lastTradingDayOverrides in config/instruments.yaml',
    { product, month: isoFromMonth(month) },
  )
}
