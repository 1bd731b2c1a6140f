import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localDeviations, reverts, revertingSpikes } from '../../src/lib/market/quality/spike.js'

describe('the usual size of a move', () => {
  it('is 1.4826 × the median |move|, zeros aside: of 1 … 9 it is 5', () => {
    const moves = Float64Array.of(9, -1, 8, 0, 2, -7, 3, 6, -4, 5, 0)
    expect([...new Set(localDeviations(moves))]).toEqual([1.4826 * 5])
  })

  it('moves along: quiet months do not hear of wild ones two hundred days away', () => {
    const moves = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 1 : 10))
    const deviations = localDeviations(moves)
    expect([deviations[0], deviations[399]]).toEqual([1.4826, 1.4826 * 10])
  })

  it('is unknown of fewer than eight moves', () => {
    expect(localDeviations(Float64Array.of(1, 2, 3, 4, 5, 6, 7))).toEqual(new Float64Array(7).fill(Number.NaN))
    expect(localDeviations(new Float64Array(0))).toEqual(new Float64Array(0))
  })

  it('is what sorting each window says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 }), (numbers) => {
        const moves = Float64Array.from(numbers)
        const slow = moves.map((_, i) => {
          const sizes = moves
            .slice(Math.max(0, i - 60), i + 61)
            .filter((move) => move !== 0)
            .map(Math.abs)
            .sort()
          const middle = sizes.length >> 1
          const median = sizes.length % 2 === 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2
          return sizes.length < 8 ? Number.NaN : 1.4826 * median
        })
        expect(localDeviations(moves)).toEqual(slow)
      }),
      { seed: 20_200_420, numRuns: 100 },
    )
  })
})

describe('a move that came back', () => {
  it('has the opposite sign and leaves a third at most', () => {
    expect(reverts(0.237, -0.21)).toBe(true)
    expect(reverts(0.237, -0.15)).toBe(false)
    expect(reverts(0.237, 0.01)).toBe(false)
    expect(reverts(-55.9, 47.64)).toBe(true)
  })

  it('is found at its own place', () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => 75 + (i % 2) + (i === 17 ? 12 : 0))
    expect(revertingSpikes(values)).toEqual([17])
  })
})
