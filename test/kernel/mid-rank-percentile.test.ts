import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { midRankPercentile } from '../../src/lib/kernel/mid-rank-percentile.js'

describe('midRankPercentile', () => {
  it('of 3 in 1, 2, 3, 4 is 62.5: two below, itself half', () => expect(midRankPercentile(3, [1, 2, 3, 4])).toBe(62.5))
  it('shares the ranks of ties: 2 in 1, 2, 2, 3 is 50', () => expect(midRankPercentile(2, [1, 2, 2, 3])).toBe(50))
  it('is 50 where nothing ever moved', () => expect(midRankPercentile(7, [7, 7, 7])).toBe(50))
  it('is 0 and 100 outside a sample that does not hold the value', () => {
    expect(midRankPercentile(-1, [0, 1])).toBe(0)
    expect(midRankPercentile(2, [0, 1])).toBe(100)
  })
  it('has no value without a sample', () => expect(midRankPercentile(1, [])).toBeNaN())
  it('is the mirror image under a change of sign, and blind to order and scale', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 30 }), (values) => {
        const here = midRankPercentile(values[0], values)
        expect(
          midRankPercentile(
            -values[0],
            values.map((v) => -v),
          ),
        ).toBeCloseTo(100 - here, 10)
        expect(
          midRankPercentile(
            3 * values[0],
            [...values].reverse().map((v) => 3 * v),
          ),
        ).toBeCloseTo(here, 10)
      }),
      { seed: 1 },
    )
  })
})
