import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PRODUCTS } from '../../src/lib/market/instrument.js'
import { builtInMarket, day } from './market.js'

const market = builtInMarket()
const anyProduct = fc.constantFrom(...PRODUCTS)
const anyDay = fc.integer({ min: day('1990-01-01'), max: day('2040-12-31') })

describe('rank', () => {
  it('1 is CLF24 through 2023-12-19 and CLG24 from the next day', () => {
    expect(market.monthAtRank('CL', day('2023-12-19'), 1)).toBe(202401)
    expect(market.monthAtRank('CL', day('2023-12-20'), 1)).toBe(202402)
    expect(market.rankOfMonth('CL', day('2023-12-20'), 202401)).toBe(0)
  })

  it('1 is BRNG24 through 2023-12-28 and BRNH24 on 2023-12-29', () => {
    expect(market.monthAtRank('BRN', day('2023-12-28'), 1)).toBe(202402)
    expect(market.monthAtRank('BRN', day('2023-12-29'), 1)).toBe(202403)
  })

  it('12 of CL on 2023-12-29 is January 2025', () => {
    expect(market.monthAtRank('CL', day('2023-12-29'), 12)).toBe(202501)
  })

  it('below 1 or beyond 2050 is refused', () => {
    expect(() => market.monthAtRank('CL', day('2023-12-29'), 0)).toThrow(/rank 0/)
    expect(() => market.monthAtRank('CL', day('2050-06-01'), 36)).toThrow(/2050-12/)
  })

  it('and month are inverses, and ranks 1 to 36 are consecutive months', () => {
    fc.assert(
      fc.property(anyProduct, anyDay, fc.integer({ min: 1, max: 36 }), (product, date, rank) => {
        const month = market.monthAtRank(product, date, rank)
        expect(market.rankOfMonth(product, date, month)).toBe(rank)
        expect(market.monthAtRank(product, date, rank + 1)).toBeGreaterThan(month)
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  it('1 is the first contract whose last trading day has not passed', () => {
    fc.assert(
      fc.property(anyProduct, anyDay, (product, date) => {
        const front = market.monthAtRank(product, date, 1)
        const previous = front % 100 === 1 ? front - 89 : front - 1
        expect(market.lastTradingDay(product, front)).toBeGreaterThanOrEqual(date)
        expect(market.lastTradingDay(product, previous)).toBeLessThan(date)
      }),
      { seed: 12, numRuns: 500 },
    )
  })
})

describe('products', () => {
  it.each([
    ['wti', 'CL'],
    ['CL', 'CL'],
    ['crude', 'CL'],
    ['brent', 'BRN'],
    ['CO', 'BRN'],
    ['b', 'BRN'],
    ['XB', 'RB'],
    ['Heating_Oil', 'HO'],
    ['QS', 'LGO'],
    ['brent-cme', 'BZ'],
    ['natgas', 'NG'],
    ['dubai', 'DBI'],
  ])('%s is %s', (text, product) => expect(market.resolveProduct(text)).toBe(product))

  it('that do not exist are refused with the names that do', () => {
    expect(() => market.resolveProduct('oil')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_PRODUCT', kind: 'usage' }),
    )
  })

  it('quote in USD/bbl: RBOB 2.00 is 84, gasoil 745 is 100, natural gas has none', () => {
    expect(market.usdPerBbl('RB', 2)).toBe(84)
    expect(market.usdPerBbl('LGO', 745)).toBeCloseTo(100, 12)
    expect(market.usdPerBbl('CL', -37.63)).toBe(-37.63)
    expect(market.usdPerBbl('NG', 3)).toBeNull()
  })
})
