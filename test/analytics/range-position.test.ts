import { describe, expect, it } from 'vitest'
import { rangePosition } from '../../src/lib/analytics/range-position.js'

const days = Int32Array.of(1, 2, 3, 4, 5)

describe('rangePosition', () => {
  it('of 74 between 70 and 80 is 0.4', () => {
    const range = rangePosition(days, Float64Array.of(90, 70, 75, 80, 74), 4, 4)
    expect(range).toMatchObject({ low: 70, lowDay: 2, high: 80, highDay: 4, position: { value: 0.4 } })
  })
  it('holds below zero: −37.63 is the low', () => {
    expect(rangePosition(days, Float64Array.of(20, 18, 18.27, -37.63, 10.01), 4, 5)?.low).toBe(-37.63)
  })
  it('names the latest of equal extremes', () => {
    expect(rangePosition(days, Float64Array.of(1, 2, 1, 2, 1), 4, 5)).toMatchObject({ lowDay: 5, highDay: 4 })
  })
  it('has no place in a flat range, and no range before its window is full', () => {
    expect(rangePosition(days, Float64Array.of(3, 3, 3, 3, 3), 4, 5)?.position.value).toBeNull()
    expect(rangePosition(days, Float64Array.of(1, 2, 3, 4, 5), 3, 5)).toBeNull()
  })
})
