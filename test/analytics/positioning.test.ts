import { describe, expect, it } from 'vitest'
import { netPosition } from '../../src/lib/analytics/positioning.js'
import { day } from '../market/market.js'

const weeks = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => day('2024-01-02') + 7 * i)

describe('a net position', () => {
  it('is long less short, and 60,000 of a million open contracts are 6 %', () => {
    const found = netPosition(
      {
        period: weeks(3),
        long: Float64Array.of(80_000, 90_000, 100_000),
        short: Float64Array.of(50_000, 50_000, 40_000),
        openInterest: Float64Array.of(1_000_000, 1_000_000, 1_000_000),
      },
      3,
    )
    expect([...found.net]).toEqual([30_000, 40_000, 60_000])
    expect(found.pctOfOpenInterest[2]).toBe(6)
    expect(found.change.value).toBe(20_000)
    expect(found.longShortRatio.value).toBe(2.5)
    // two below, itself equal: (2 + ½) ÷ 3
    expect(found.percentile.value).toBeCloseTo(83.3333, 3)
    expect(found.cotIndex.value).toBe(100)
    // mean 43,333, sd 15,275
    expect(found.zScore.value).toBeCloseTo(1.0911, 4)
  })

  it('has no place in three years before three years are known, nor where nothing varies', () => {
    const flat = Float64Array.of(1, 1, 1)
    const positions = { period: weeks(3), long: flat, short: flat, openInterest: flat }
    expect(netPosition(positions, 156).percentile).toEqual({ value: null, reason: '3 of 156 reports are known' })
    expect(netPosition(positions, 3)).toMatchObject({
      zScore: { value: null, reason: 'the 3 reports do not vary' },
      cotIndex: { value: null },
      percentile: { value: 50 },
    })
  })

  it('has no change over a report that is missing', () => {
    const two = Float64Array.of(5, 9)
    const period = Int32Array.of(day('2024-01-02'), day('2024-01-16'))
    expect(netPosition({ period, long: two, short: two, openInterest: two }, 2).change).toEqual({
      value: null,
      reason: 'the report before is missing',
    })
  })
})
