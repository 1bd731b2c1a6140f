import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { daysOfSupply } from '../../src/lib/analytics/days-of-supply.js'
import { surpriseSeries, surpriseZ } from '../../src/lib/analytics/inventory-surprise.js'
import { isoWeekOf } from '../../src/lib/analytics/iso-week.js'
import { sameWeekRange } from '../../src/lib/analytics/same-week-range.js'
import { sameWeeksBefore } from '../../src/lib/analytics/same-week.js'
import { totalSurprise } from '../../src/lib/analytics/total-surprise.js'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { day } from '../market/market.js'

const golden = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../fixtures/goldens/risk/${name}`, import.meta.url)), 'utf8')

const [, ...lines] = golden('dataset_inventory.csv').trim().split('\n')
const cells = lines.map((line) => line.split(','))
const period = Int32Array.from(cells, ([date]) => day(date))
const level = Float64Array.from(cells, ([, value]) => Number(value))
const consensus = new Map(cells.map(([date, , change]) => [day(date), Number(change)]))
const { data: figures } = JSON.parse(golden('fundamentals.json')) as {
  data: {
    last: { change: number; surprise: number; z52: number }
    five_year: { iso_week: number; dates: string[]; avg: number; min: number; max: number; dev: number; z: number }
  }
}
const YEARS = { years: 5, minYears: 3 }

describe('a surprise', () => {
  it('agrees with pandas: change less consensus, in standard deviations of the 52 before', () => {
    const { change, surprise } = surpriseSeries(period, level, consensus, YEARS)
    const last = level.length - 1
    expect(change[last]).toBe(figures.last.change)
    expect(surprise[last]).toBe(figures.last.surprise)
    const z = surpriseZ(surprise, last, 52)
    expect(z.value).toBeCloseTo(figures.last.z52, 12)
  })

  it('has no z while fewer than 52 before it are known, and says how many are', () => {
    const { surprise } = surpriseSeries(period, level, consensus, YEARS)
    expect(surpriseZ(surprise, 52, 52)).toEqual({ value: null, reason: '51 of the 52 surprises before are known' })
    expect(surpriseZ(surprise, 53, 52).value).not.toBeNull()
  })

  it('without a consensus is against the mean change of the same week in the years before', () => {
    const { change, expected } = surpriseSeries(period, level, null, YEARS)
    const last = level.length - 1
    const same = figures.five_year.dates.map((date) => change[period.indexOf(day(date))])
    expect(expected[last]).toBeCloseTo(same.reduce((a, b) => a + b) / 5, 9)
    // the third year has two before it
    expect(Number.isNaN(expected[120])).toBe(true)
  })

  it('is not made from a change over a hole', () => {
    const weeks = Int32Array.from([0, 7, 21, 28], (offset) => day('2024-01-05') + offset)
    const { change } = surpriseSeries(weeks, Float64Array.of(10, 12, 20, 19), null, YEARS)
    expect([...change]).toEqual([Number.NaN, 2, Number.NaN, -1])
  })
})

describe('the same week', () => {
  it('agrees with pandas on week 51 of 2024', () => {
    const range = sameWeekRange(period, level, YEARS)
    const { dates, avg, min, max, dev, z, iso_week: week } = figures.five_year
    expect(isoWeekOf(period[period.length - 1])).toEqual({ year: 2024, week })
    const last = sameWeeksBefore(period, 5).at(-1)!
    expect(last.map((i) => isoFromDay(period[i])).reverse()).toEqual(dates)
    expect(range).toMatchObject({ years: 5, min, max })
    expect(range?.mean).toBeCloseTo(avg, 9)
    expect(range?.deviation).toBeCloseTo(dev, 9)
    expect(range?.z).toBeCloseTo(z, 12)
    // 369,860 and 409,242 lie above 355,137, three lie below
    expect(range?.percentile).toBe(60)
  })

  it('of week 53 is the Friday nearest to the same date in a year that has none', () => {
    // Friday 1 January 2021 is in week 53 of 2020
    const fridays = Int32Array.from({ length: 54 }, (_, i) => day('2021-01-01') - 7 * (53 - i))
    expect(isoWeekOf(day('2021-01-01'))).toEqual({ year: 2020, week: 53 })
    expect(
      sameWeeksBefore(fridays, 1)
        .at(-1)!
        .map((i) => isoFromDay(fridays[i])),
    ).toEqual(['2020-01-03'])
  })

  it('belongs to the year of its Thursday', () => {
    expect(isoWeekOf(day('2024-12-30'))).toEqual({ year: 2025, week: 1 })
    expect(isoWeekOf(day('2022-01-02'))).toEqual({ year: 2021, week: 52 })
    expect(isoWeekOf(day('2026-12-31'))).toEqual({ year: 2026, week: 53 })
  })

  it('is no range with two years only', () => {
    expect(sameWeekRange(period.subarray(0, 120), level.subarray(0, 120), YEARS)).toBeNull()
  })
})

describe('the same week without a year', () => {
  it('of 2024 without 2020 reaches back to 2018: five levels, 409,242 of 2020 not among them', () => {
    const range = sameWeekRange(period, level, YEARS, [2020])!
    expect(range.calendarYears).toEqual([2023, 2022, 2021, 2019, 2018])
    const values = range.calendarYears.map((year) => {
      const row = [...period].findIndex((one) => isoWeekOf(one).year === year && isoWeekOf(one).week === 51)
      return level[row]
    })
    expect(values.slice(0, 4)).toEqual([323_306, 335_791, 340_930, 369_860])
    expect(range.max).toBe(Math.max(...values))
    expect(range.max).not.toBe(409_242)
    expect(range.mean).toBeCloseTo(values.reduce((a, b) => a + b) / 5, 9)
  })

  it('is the plain one where no year is passed over, or one out of reach', () => {
    const plain = sameWeekRange(period, level, YEARS)
    expect(sameWeekRange(period, level, YEARS, [])).toEqual(plain)
    expect(sameWeekRange(period, level, YEARS, [1999])).toEqual(plain)
  })
})

describe('a total of surprises', () => {
  const weeks = (...offsets: number[]): Int32Array => Int32Array.from(offsets, (one) => day('2024-01-05') + 7 * one)
  const part = (period: Int32Array, change: number[], expected: number[]) => ({
    period,
    level: Float64Array.from(change, () => 100),
    change: Float64Array.from(change),
    expected: Float64Array.from(expected),
    surprise: Float64Array.from(change, (one, i) => one - expected[i]),
  })

  it('is the sum in the weeks that all have: 2 − 1 = 1 and −3 − (−1) = −2 make −1', () => {
    const total = totalSurprise([
      part(weeks(0, 1, 2), [9, 2, 5], [0, 1, 0]),
      part(weeks(1, 2), [-3, 4], [-1, Number.NaN]),
    ])
    expect(total.period).toEqual(weeks(1, 2))
    expect([...total.level]).toEqual([200, 200])
    expect([...total.change]).toEqual([-1, 9])
    expect([...total.surprise]).toEqual([-1, Number.NaN])
  })
})

describe('days of supply', () => {
  const weeks = Int32Array.from([0, 7, 14, 21], (offset) => day('2024-01-05') + offset)
  it('are stocks over the demand of four weeks: 240,000 kbbl at 8,000 kb/d last 30 days', () => {
    const demand = Float64Array.of(7000, 9000, 7500, 8500)
    expect(daysOfSupply(240_000, day('2024-01-26'), weeks, demand, 4)).toEqual({ value: 30, reason: null })
  })
  it('are not known where a week of demand is missing', () => {
    const three = weeks.subarray(0, 3)
    expect(daysOfSupply(240_000, day('2024-01-26'), three, Float64Array.of(8000, 8000, 8000), 4).value).toBeNull()
  })
})
