import { describe, expect, it } from 'vitest'
import { rankBand } from '../../src/lib/analytics/rank-band.js'
import { indexCurve } from '../../src/lib/market/curve-index.js'
import { curveOf } from '../desk/desk.js'

describe('rankBand', () => {
  const index = indexCurve(
    curveOf('CL', [
      ['2020-04-17', 202005, 18.27],
      ['2020-04-17', 202006, 25.03],
      ['2020-04-20', 202005, -37.63],
      ['2020-04-20', 202006, 20.43],
      ['2020-04-21', 202005, 10.01],
      ['2020-04-21', 202006, 11.57],
    ]),
  )
  it('has for each rank the extremes and the median of the days: M1 −37.63, 10.01, 18.27', () => {
    const [first, second] = rankBand(index, 0, 3, 36)
    expect(first).toMatchObject({ rank: 1, min: -37.63, median: 10.01, max: 18.27 })
    expect(second).toMatchObject({ rank: 2, min: 11.57, median: 20.43, max: 25.03 })
    expect(second.p90).toBeCloseTo(20.43 + 0.8 * 4.6, 10)
  })
  it('stops at the last rank and the last day that were asked for', () => {
    expect(rankBand(index, 0, 2, 1)).toMatchObject([{ rank: 1, min: -37.63, max: 18.27 }])
  })
})
