import { describe, expect, it } from 'vitest'
import { seasonBand } from '../../src/lib/analytics/season-band.js'
import { sameDateYearsBefore, seasonalRank } from '../../src/lib/analytics/seasonal-rank.js'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { day } from '../desk/desk.js'

const days = Int32Array.from(
  ['2018-03-01', '2021-02-20', '2021-02-24', '2022-03-01', '2022-03-06', '2022-03-07', '2023-02-20', '2023-03-01'].map(
    day,
  ),
)
//                          5 years back, outside, −5 days, same day, +5 days, outside, own year, today
const values = Float64Array.of(8, 100, 12, 10, 20, 100, 100, 12)

describe('seasonalRank', () => {
  it('looks at the same date ±5 days of five previous years: 12 among 8, 12, 10, 20 is second, at 62.5', () => {
    expect(seasonalRank(days, values, 5, 5)).toEqual({ percentile: 62.5, rank: 2, of: 5, years: 3 })
  })
  it('has nothing to say in the first year', () => {
    expect(seasonalRank(days.slice(6), values.slice(6), 5, 5)).toBeNull()
    expect(seasonalRank(new Int32Array(), new Float64Array(), 5, 5)).toBeNull()
  })
  it('meets 29 February on the 28th', () => {
    expect(isoFromDay(sameDateYearsBefore(day('2024-02-29'), 1))).toBe('2023-02-28')
    expect(isoFromDay(sameDateYearsBefore(day('2024-02-29'), 4))).toBe('2020-02-29')
  })
})

describe('seasonBand', () => {
  it('has for each day the quantiles of that reference: 8, 10, 12, 20 on the last day', () => {
    const band = seasonBand(days, values, 7, 5, 5)
    expect([band.min[0], band.median[0], band.max[0]]).toEqual([8, 11, 20])
    expect(band.p10[0]).toBeCloseTo(8.6, 12)
  })
  it('agrees with the obvious loop on every day', () => {
    const many = Int32Array.from({ length: 1500 }, (_, i) => day('2019-01-01') + i + Math.floor(i / 7))
    const wave = Float64Array.from(many, (at) => Math.sin(at / 40) + at / 5000)
    const band = seasonBand(many, wave, 1000, 3, 5)
    for (let i = 0; i < band.days.length; i++) {
      const reference = [...wave].filter((_, j) =>
        [1, 2, 3].some((back) => Math.abs(many[j] - sameDateYearsBefore(band.days[i], back)) <= 5),
      )
      expect(band.min[i]).toBe(Math.min(...reference))
      expect(band.max[i]).toBe(Math.max(...reference))
    }
  })
})
