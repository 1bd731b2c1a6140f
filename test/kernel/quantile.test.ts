import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile } from '../../src/lib/kernel/quantile.js'

describe('quantile (type 7)', () => {
  it('of 1, 2, 3, 4: a quarter is 1.75, half is 2.5', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75)
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
  })
  it('ends at the extremes', () => {
    expect(quantile([-37.63, 10.01, 18.27], 0)).toBe(-37.63)
    expect(quantile([-37.63, 10.01, 18.27], 1)).toBe(18.27)
  })
  it('of one value is that value, of none NaN', () => {
    expect(quantile([5], 0.9)).toBe(5)
    expect(quantile([], 0.5)).toBeNaN()
  })
  it('never falls as the probability rises', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const ascending = Float64Array.from(values).sort()
          const [low, high] = p < q ? [p, q] : [q, p]
          expect(quantile(ascending, low)).toBeLessThanOrEqual(quantile(ascending, high) + 1e-12)
        },
      ),
      { seed: 1 },
    )
  })
})
