import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapBars, mapCurves, scaled } from '../../../src/lib/sources/bloomberg/map.js'
import { liveUpdates, readEnvelope, type SecurityHistory } from '../../../src/lib/sources/bloomberg/schema.js'
import { splitByBytes } from '../../../src/lib/sources/bloomberg/split-by-bytes.js'
import { createTtlCache } from '../../../src/lib/sources/bloomberg/ttl-cache.js'
import { builtInMarket, day } from '../../market/market.js'

const market = builtInMarket()
const DAY_MS = 86_400_000

const historyOf = (rows: readonly [date: string, values: Record<string, unknown>][]): SecurityHistory => ({
  security: 'CL1 Comdty',
  error: null,
  fieldErrors: [],
  rows: rows.map(([date, values]) => ({ day: day(date), values })),
})
const contextAt = (iso: string) => ({ market, product: 'CL' as const, factor: 1, nowMs: Date.parse(iso) })

describe('splitByBytes', () => {
  it('keeps the order, loses nothing and never exceeds the limit', () => {
    const word = fc.string({ minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.integer({ min: 200, max: 1024 }), (items, limit) => {
        const parts = splitByBytes(items, (securities) => ({ securities }), limit)
        expect(parts.flat()).toEqual(items)
        for (const securities of parts) {
          expect(Buffer.byteLength(JSON.stringify({ securities }))).toBeLessThanOrEqual(limit)
        }
      }),
      { seed: 7 },
    )
  })

  it('refuses a single item that is too long, naming the setting', () => {
    expect(() => splitByBytes(['x'.repeat(300)], (securities) => ({ securities }), 256)).toThrowError(
      expect.objectContaining({ kind: 'config', code: 'BLOOMBERG_BODY_LIMIT' }),
    )
  })
})

describe('createTtlCache', () => {
  it('forgets what is old, and the oldest where it is full', () => {
    let nowMs = 0
    const cache = createTtlCache<number>(2, 1000, { monotonicMs: () => nowMs })
    cache.set('a', 1)
    nowMs = 500
    cache.set('b', 2)
    expect([cache.get('a'), cache.get('b')]).toEqual([1, 2])
    cache.set('c', 3)
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 2, 3])
    nowMs = 1500
    expect([cache.get('b'), cache.get('c')]).toEqual([undefined, undefined])
  })
})

describe('settlements from histories', () => {
  const rows = (date: string): SecurityHistory =>
    historyOf([[date, { PX_SETTLE: 71.5, PX_LAST: 71.9, FUT_CUR_GEN_TICKER: 'CLK4' }]])

  it('take a day only once its settlements are out', () => {
    const at = (iso: string) => mapCurves([{ history: rows('2024-03-28'), month: null }], contextAt(iso))
    expect(at('2024-03-28T18:29:00Z').columns.day).toHaveLength(0)
    const after = at('2024-03-28T20:00:00Z')
    expect(Array.from(after.columns.settlement)).toEqual([71.5])
    expect(Array.from(after.columns.month)).toEqual([202405])
    expect(Array.from(after.columns.rank)).toEqual([1])
  })

  it('take the last price for the settlement only of a day that is over', () => {
    const history = historyOf([['2024-03-28', { PX_LAST: 71.9, FUT_CUR_GEN_TICKER: 'CLK4 Comdty' }]])
    const at = (iso: string) => mapCurves([{ history, month: null }], contextAt(iso))
    expect(at('2024-03-28T23:00:00Z')).toMatchObject({ withoutPrice: 1 })
    expect(Array.from(at('2024-03-29T00:00:00Z').columns.settlement)).toEqual([71.9])
  })

  it('count what does not say which contract it is, and refuse another product', () => {
    const nameless = historyOf([['2024-03-28', { PX_SETTLE: 71.5 }]])
    const context = contextAt('2024-04-02T00:00:00Z')
    expect(mapCurves([{ history: nameless, month: null }], context)).toMatchObject({ withoutContract: 1 })
    expect(Array.from(mapCurves([{ history: nameless, month: 202405 }], context).columns.month)).toEqual([202405])
    const brent = historyOf([['2024-03-28', { PX_SETTLE: 71.5, FUT_CUR_GEN_TICKER: 'COM4' }]])
    expect(() => mapCurves([{ history: brent, month: null }], context)).toThrowError(
      expect.objectContaining({ kind: 'refused', code: 'BLOOMBERG_SCHEMA' }),
    )
  })

  it('keep the negative price of 2020-04-20, and leave the running day out of the bars', () => {
    const history = historyOf([
      ['2020-04-20', { PX_OPEN: 17.73, PX_HIGH: 17.85, PX_LOW: -40.32, PX_LAST: -37.63 }],
      ['2020-04-21', { PX_OPEN: -14, PX_HIGH: 13.86, PX_LOW: -16.74, PX_LAST: 10.01 }],
    ])
    const bars = mapBars(history, { ...contextAt('2020-04-21T15:00:00Z'), nowMs: day('2020-04-21') * DAY_MS + 1 })
    expect(Array.from(bars.close)).toEqual([-37.63])
    expect(bars.volume[0]).toBeNaN()
  })

  it('turn cents into dollars without dust', () => expect(scaled(210.55, 0.01)).toBe(2.1055))
})

describe('what the server says', () => {
  it('status other than 0 is a failure whatever else there is', () => {
    expect(() => readEnvelope({ status: -1, message: 'no session', data: [] })).toThrowError(
      expect.objectContaining({ kind: 'source', code: 'BLOOMBERG_UNAVAILABLE' }),
    )
  })

  it('ticks come in a list of their own or not, several in one item', () => {
    const item = { correlationId: 3, data: [{ LAST_PRICE: 1 }, { LAST_PRICE: 2 }], missed_ticks: 0 }
    const updates = [1, 2].map((price) => ({ correlationId: 3, values: { LAST_PRICE: price } }))
    expect(liveUpdates([[item]])).toEqual(updates)
    expect(liveUpdates([item])).toEqual(updates)
  })
})
