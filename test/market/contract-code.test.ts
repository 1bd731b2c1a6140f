import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseContractCode, readContractCode } from '../../src/lib/market/contract-code.js'
import { PRODUCTS } from '../../src/lib/market/instrument.js'
import { builtInMarket, day } from './market.js'

const market = builtInMarket()

describe('contract code', () => {
  it.each([
    ['CLZ26', 'CL', 202612],
    ['clf24', 'CL', 202401],
    ['BRNG24', 'BRN', 202402],
    ['COZ26', 'BRN', 202612],
    ['BZ26', 'BRN', 202612],
    ['BZZ26', 'BZ', 202612],
    ['XBH25', 'RB', 202503],
    ['QSX24', 'LGO', 202411],
    ['CLZ99', 'CL', 199912],
    ['CLM83', 'CL', 198306],
  ])('%s is %s %i without a date', (code, product, month) => {
    expect(readContractCode(market, code, null)).toEqual({ product, month })
  })

  it('with one digit is the nearest contract that has not expired: CLZ6 turns over after 2026-11-20', () => {
    expect(readContractCode(market, 'CLZ6', day('2026-11-20'))).toEqual({ product: 'CL', month: 202612 })
    expect(readContractCode(market, 'CLZ6', day('2026-11-21'))).toEqual({ product: 'CL', month: 203612 })
    expect(readContractCode(market, 'CLZ6', day('2016-12-01'))).toEqual({ product: 'CL', month: 202612 })
    expect(readContractCode(market, 'CLF4', day('2023-12-19'))).toEqual({ product: 'CL', month: 202401 })
  })

  it('with one digit and no date asks for one', () => {
    expect(() => parseContractCode(market, 'CLZ6', null)).toThrow(
      expect.objectContaining({ kind: 'usage', code: 'NEEDS_AS_OF' }),
    )
  })

  it.each([
    ['CLA26', 'NOT_A_CONTRACT'],
    ['CL26', 'NOT_A_CONTRACT'],
    ['CLZ2026', 'NOT_A_CONTRACT'],
    ['', 'NOT_A_CONTRACT'],
    ['QQZ26', 'UNKNOWN_ROOT'],
    ['CLZ55', 'MONTH_OUT_OF_RANGE'],
  ])('"%s" is refused: %s', (text, code) => {
    expect(readContractCode(market, text, day('2024-01-02'))).toMatchObject({ code })
  })

  it('comes back from what was written, for every month from 1980 to 2050', () => {
    const months = fc.record({ year: fc.integer({ min: 1980, max: 2050 }), month: fc.integer({ min: 1, max: 12 }) })
    fc.assert(
      fc.property(fc.constantFrom(...PRODUCTS), months, (product, { year, month }) => {
        const code = market.contractCode(product, year * 100 + month)
        expect(parseContractCode(market, code, null)).toEqual({ product, month: year * 100 + month })
      }),
      { seed: 3, numRuns: 500 },
    )
  })
})
