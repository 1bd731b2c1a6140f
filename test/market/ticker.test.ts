import { describe, expect, it } from 'vitest'
import { BLOOMBERG_FIELDS, contractTickerOf, genericTickerOf, readTicker } from '../../src/lib/market/ticker.js'
import { builtInMarket, day } from './market.js'

const market = builtInMarket()

describe('ticker', () => {
  it('CL1 Comdty is the front month of WTI at NYMEX, 1,000 USD a point', () => {
    expect(readTicker(market, 'CL1 Comdty', null)).toEqual({
      ticker: 'CL1 Comdty',
      vendor: 'bloomberg',
      product: 'CL',
      commodity: 'WTI',
      type: 'generic',
      monthNumber: 1,
      rank: 1,
      month: null,
      exchange: 'NYMEX',
      multiplier: 1000,
      unit: 'USD/bbl',
    })
  })

  it('generic knows its contract on a date: CL1 on 2023-12-19 is January 2024, XB3 is March 2024', () => {
    expect(readTicker(market, 'cl1 comdty', day('2023-12-19'))).toMatchObject({ ticker: 'CL1 Comdty', month: 202401 })
    expect(readTicker(market, 'XB3 Comdty', day('2023-12-19'))).toMatchObject({ product: 'RB', rank: 3, month: 202403 })
  })

  it.each([
    ['CLZ26 Comdty', 'CL', 202612],
    ['COG24 Comdty', 'BRN', 202402],
    ['CLZ26.NYM', 'CL', 202612],
  ])('%s is one contract', (text, product, month) => {
    expect(readTicker(market, text, null)).toMatchObject({ type: 'contract', product, month, monthNumber: null })
  })

  it('CLF5 Comdty is January 2025 on 2024-06-03 and asks for a date without one', () => {
    expect(readTicker(market, 'CLF5 Comdty', day('2024-06-03'))).toMatchObject({ type: 'contract', month: 202501 })
    expect(readTicker(market, 'CLF5 Comdty', null)).toMatchObject({ code: 'NEEDS_AS_OF' })
  })

  it('DAT2 is the first whole month of Dubai, March on 2024-02-15; DAT1 is the balance of February and has no rank', () => {
    const read = (text: string) => readTicker(market, text, day('2024-02-15'))
    expect(read('DAT2 Comdty')).toMatchObject({ product: 'DBI', rank: 2, month: 202403 })
    expect(read('DAT1 Comdty')).toMatchObject({ monthNumber: 1, rank: null, month: null })
    expect([1, 2].map((rank) => genericTickerOf(market, 'DBI', rank))).toEqual([null, 'DAT2 Comdty'])
  })

  it('RWTC is the spot of WTI and CL=F its front month at Yahoo', () => {
    expect(readTicker(market, 'RWTC', null)).toMatchObject({ type: 'spot', product: 'CL', vendor: 'eia' })
    expect(readTicker(market, 'CL=F', null)).toMatchObject({ type: 'generic', product: 'CL', vendor: 'yahoo', rank: 1 })
  })

  it.each([
    ['', 'EMPTY'],
    ['CL1', 'NO_SECTOR'],
    ['CL1 Equity', 'WRONG_SECTOR'],
    ['ZZ1 Comdty', 'UNKNOWN_ROOT'],
    ['BRN1 Comdty', 'UNKNOWN_ROOT'],
    ['BZ1 Comdty', 'UNKNOWN_ROOT'],
    ['CL0 Comdty', 'BAD_MONTH_NUMBER'],
    ['CL999 Comdty', 'BAD_MONTH_NUMBER'],
    ['CL Comdty', 'NOT_A_TICKER'],
    ['C-1 Comdty', 'NOT_A_TICKER'],
    ['CL1 Comdty Curncy', 'NOT_A_TICKER'],
    ['hello', 'NOT_A_TICKER'],
    ['ZZ=F', 'UNKNOWN_ROOT'],
    ['CLZ60 Comdty', 'MONTH_OUT_OF_RANGE'],
  ])('"%s" is invalid: %s', (text, code) => expect(readTicker(market, text, day('2024-01-02'))).toMatchObject({ code }))

  it('names the right root where an exchange root was typed', () => {
    expect(readTicker(market, 'BRN1 Comdty', null)).toMatchObject({ reason: expect.stringContaining('"CO"') })
  })

  it('of a product and rank, or month, reads back', () => {
    for (const product of market.products) {
      const generic = genericTickerOf(market, product, 2)
      const contract = contractTickerOf(market, product, 202612)
      if (generic === null || contract === null) continue
      expect(readTicker(market, generic, null)).toMatchObject({ product, rank: 2 })
      expect(readTicker(market, contract, null)).toMatchObject({ product, month: 202612 })
    }
  })

  it('field last is PX_LAST', () => expect(BLOOMBERG_FIELDS.last).toBe('PX_LAST'))
})
