import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutLengths } from '../../src/lib/backtest/look-ahead-guard.js'
import { seededRng } from '../../src/lib/kernel/rng.js'

describe('the dates of the look-ahead guard', () => {
  it('are five where bars allow, as many as they allow where not, and none for a handful', () => {
    const dates = (bars: number, shortest: number): number => cutLengths(bars, shortest, seededRng(1, 'x')).length
    expect([dates(2500, 32), dates(400, 32), dates(200, 32), dates(100, 32), dates(0, 2)]).toEqual([5, 2, 1, 0, 0])
  })

  it('never recompute more than a fifth of the bars, nor a past too short for a decision and its fill', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 2, max: 400 }),
        fc.nat(1000),
        (bars, shortest, seed) => {
          const lengths = cutLengths(bars, shortest, seededRng(seed, 'x'))
          expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(0.2 * bars)
          expect(lengths.every((length) => length >= shortest)).toBe(true)
          expect(new Set(lengths).size).toBe(lengths.length)
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })

  it('are those of the seed', () => {
    expect(cutLengths(2500, 32, seededRng(7, 'x'))).toEqual(cutLengths(2500, 32, seededRng(7, 'x')))
    expect(cutLengths(2500, 32, seededRng(7, 'x'))).not.toEqual(cutLengths(2500, 32, seededRng(8, 'x')))
  })
})
