import { describe, expect, it } from 'vitest'
import { windowPosition } from '../../src/lib/analytics/window-position.js'

describe('windowPosition', () => {
  it('counts the last value in: 3 at the end of 1, 2, 3 has z 1 and percentile 83.3', () => {
    const place = windowPosition(Float64Array.of(99, 1, 2, 3), 3)!
    expect(place).toMatchObject({ mean: 2, sd: 1, zScore: 1, low: 1, high: 3 })
    expect(place.percentile).toBeCloseTo((100 * 2.5) / 3, 12)
  })
  it('waits until the window is full', () => expect(windowPosition(Float64Array.of(1, 2), 3)).toBeNull())
  it('of a spread that does not move has a percentile and no z-score', () => {
    expect(windowPosition(Float64Array.of(4, 4, 4), 3)).toMatchObject({ zScore: Number.NaN, percentile: 50 })
  })
})
