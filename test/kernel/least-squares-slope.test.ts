import { describe, expect, it } from 'vitest'
import { leastSquaresSlope } from '../../src/lib/kernel/least-squares-slope.js'

describe('leastSquaresSlope', () => {
  it('of points on y = 70 − 0.5x is −0.5', () =>
    expect(leastSquaresSlope([1, 2, 3, 4], [69.5, 69, 68.5, 68])).toBe(-0.5))
  it('of 1, 3, 2 against 0, 1, 2 is 0.5', () => expect(leastSquaresSlope([0, 1, 2], [1, 3, 2])).toBe(0.5))
  it('needs two different x', () => {
    expect(leastSquaresSlope([1], [2])).toBeNaN()
    expect(leastSquaresSlope([1, 1], [2, 3])).toBeNaN()
  })
})
