import { describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { PRODUCTS, type Product } from '../../src/lib/market/instrument.js'
import { LAST_TRADING_DAY_RULES } from '../../src/lib/market/last-trading-day.js'
import { sharedFile } from '../support/shared.js'
import { builtInMarket } from './market.js'
import { csvRecords } from './shared-csv.js'

const market = builtInMarket()

describe('last trading day', () => {
  it.each([
    ['CL', 202401, '2023-12-19', 'three business days before Friday 22 December, as the 25th is Christmas'],
    ['CL', 202005, '2020-04-21', 'the day after CL settled at −37.63'],
    ['CL', 202612, '2026-11-20', 'three business days before Wednesday 25 November'],
    ['CL', 201112, '2011-11-18', 'the real date, where the rule says 21 November'],
    ['RB', 202402, '2024-01-31', 'last business day of January'],
    ['HO', 202401, '2023-12-29', 'last business day of December'],
    ['NG', 202402, '2024-01-29', 'third last business day of January'],
    ['NG', 200812, '2008-11-24', 'the real date, where the rule says 25 November'],
    ['LGO', 202401, '2024-01-11', 'two London business days before Sunday 14 January is Thursday'],
    ['BRN', 202402, '2023-12-28', 'Friday 29 December is the business day before New Year'],
    ['BRN', 202502, '2024-12-30', 'the same for Tuesday 31 December 2024'],
    ['BRN', 202602, '2025-12-30', 'and 2025'],
    ['BRN', 202702, '2026-12-30', 'and 2026'],
    ['BRN', 202403, '2024-01-31', 'last London business day of January'],
    ['BRN', 202206, '2022-04-29', 'last London business day of April'],
    ['BRN', 201602, '2016-01-14', 'the last contract of the old rule'],
    ['BRN', 201603, '2016-01-29', 'the first of the new'],
    ['BZ', 202502, '2024-12-30', 'second last London business day of December'],
    ['DBI', 202402, '2024-02-29', 'last London business day of the delivery month'],
  ] as const)('%s %i ends on %s: %s', (product, month, expected, _) => {
    expect(isoFromDay(market.lastTradingDay(product, month))).toBe(expected)
  })

  it('refuses months that are none and months outside 1980 to 2050', () => {
    expect(() => market.lastTradingDay('CL', 202613)).toThrow(/contract months/)
    expect(() => market.lastTradingDay('CL', 205101)).toThrow(/2050-12/)
  })

  it.each(PRODUCTS)('%s expires strictly later with every contract from 1980 to 2050', (product) => {
    let before = -Infinity
    for (let month = 198001; month <= 205012; month += month % 100 === 12 ? 89 : 1) {
      const day = market.lastTradingDay(product, month)
      expect(day).toBeGreaterThan(before)
      before = day
    }
  })
})

const expiries = sharedFile('data/contract_expiries.csv')
describe.skipIf(!expiries)('last trading days of the contracts of 2003 to 2020', () => {
  const rows = expiries ? csvRecords(expiries) : []
  const of = (commodity: string) =>
    rows
      .filter((row) => row['cmdty'] === commodity)
      .map((row) => ({ month: Number(row['Year']) * 100 + Number(row['Month']), day: row['Last.Trade'] }))

  it.each([
    ['cmewti', 'CL', 215, 4],
    ['cmerbob', 'RB', 180, 0],
    ['cmeulsd', 'HO', 215, 0],
    ['cmeng', 'NG', 215, 5],
    ['icegasoil', 'LGO', 216, 0],
  ] as const)('%s: %s agrees in all %i rows, %i of them by override', (commodity, product, count, overrides) => {
    const real = of(commodity)
    const byMarket = real.filter(({ month, day }) => isoFromDay(market.lastTradingDay(product, month)) === day)
    expect([real.length, byMarket.length]).toEqual([count, count])
    expect(ruleMisses(product, real)).toHaveLength(overrides)
  })

  it('ICE Brent: all 216 dates are last trading days of consecutive contracts, though their labels go wrong in 2016', () => {
    const real = of('icebrent').map(({ day }) => day)
    const byRule: string[] = []
    for (let month = 200301; byRule.length < real.length + 12; month += month % 100 === 12 ? 89 : 1) {
      byRule.push(isoFromDay(market.lastTradingDay('BRN', month)))
    }
    const start = byRule.indexOf(real[0])
    expect(start).toBeGreaterThanOrEqual(0)
    expect(real).toEqual(byRule.slice(start, start + real.length))
  })

  function ruleMisses(product: Product, real: readonly { month: number; day: string }[]): number[] {
    const rule = LAST_TRADING_DAY_RULES[market.instrument(product).expiryRule]
    const calendars = { nymex: market.calendar('NYMEX'), uk: market.calendar('UK') }
    return real.flatMap(({ month, day }) => (isoFromDay(rule(month, calendars)) === day ? [] : [month]))
  }
})
