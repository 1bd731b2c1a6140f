import { describe, expect, it } from 'vitest'
import { surpriseSeries } from '../../src/lib/analytics/inventory-surprise.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
import type { SeriesColumns } from '../../src/lib/market/dataset.js'
import { knownEras } from '../../src/lib/signals/fundamental/known-eras.js'
import { reported } from '../../src/lib/signals/fundamental/reported.js'
import { seriesOf } from './sample-inputs.js'

/** What a reader sees on a day: the last vintage of each period that was known then. The slow way. */
function knownOn(series: SeriesColumns, day: number): { period: number[]; value: number[] } {
  const found = new Map<number, number>()
  for (let row = 0; row < series.period.length; row++) {
    if (series.knownOn[row] <= day) found.set(series.period[row], series.value[row])
  }
  const period = [...found.keys()].sort((a, b) => a - b)
  return { period, value: period.map((each) => found.get(each)!) }
}

it('reports that only add make one era', () => {
  const [era, ...others] = knownEras([
    seriesOf('X', 'kbbl', 'weekly', [
      [7, 12, 100],
      [14, 19, 110],
      [21, 26, 90],
    ]),
  ])
  expect(others).toEqual([])
  expect(Array.from(era.period)).toEqual([7, 14, 21])
  expect(era.events).toEqual([
    { knownOn: 12, last: 0 },
    { knownOn: 19, last: 1 },
    { knownOn: 26, last: 2 },
  ])
})

it('a revision, and a report that comes late, begin a new era; a value that is said again does not', () => {
  const eras = knownEras([
    seriesOf('X', 'kbbl', 'weekly', [
      [7, 12, 100],
      [7, 26, 105],
      [14, 40, 110],
      [21, 26, 90],
      [21, 33, 90],
    ]),
  ])
  expect(eras.map(({ period, values: [value], events }) => [Array.from(period), Array.from(value), events])).toEqual([
    [[7], [100], [{ knownOn: 12, last: 0 }]],
    [[7, 21], [105, 90], [{ knownOn: 26, last: 1 }]],
    [[7, 14, 21], [105, 110, 90], [{ knownOn: 40, last: 2 }]],
  ])
})

it('a period counts when every series has it, from the day of the last of them', () => {
  const [era] = knownEras([
    seriesOf('L', 'contracts', 'weekly', [[7, 10, 5]]),
    seriesOf('S', 'contracts', 'weekly', [[7, 13, 2]]),
  ])
  expect(era.events).toEqual([{ knownOn: 13, last: 0 }])
  expect(Array.from(era.firstKnown)).toEqual([13])
})

describe('numbers by decision day', () => {
  it('equal those computed anew from each day’s vintages, with revisions and late reports (200 random series)', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const rng = seededRng(seed, 'eras')
      const rows: [number, number, number][] = []
      for (let week = 0; week < 30; week++) {
        const value = 100 + rng.integer(20)
        rows.push([7 * week, 7 * week + 5 + (rng.uniform() < 0.2 ? 9 : 0), value])
        if (rng.uniform() < 0.3) rows.push([7 * week, 7 * week + 6 + rng.integer(40), value + 1 + rng.integer(3)])
      }
      const unique = rows.filter(([p, k], i) => rows.findIndex(([q, l]) => q === p && l === k) === i)
      const series = seriesOf('X', 'kbbl', 'weekly', unique)
      const days = Int32Array.from({ length: 260 }, (_, i) => i)
      const { values } = reported(days, [series], 1000, 2, ({ period, values: [level] }) => [
        level,
        surpriseSeries(period, level, null, { years: 1, minYears: 1 }).change,
      ])
      for (const day of days) {
        const seen = knownOn(series, day)
        const last = seen.value.length - 1
        const change =
          last > 0 && seen.period[last] - seen.period[last - 1] === 7
            ? seen.value[last] - seen.value[last - 1]
            : Number.NaN
        const found = [values[0][day], values[1][day]]
        const wanted = last < 0 ? [Number.NaN, Number.NaN] : [seen.value[last], change]
        if (!found.every((value, i) => Object.is(value, wanted[i])))
          expect(found, `seed ${seed} day ${day}`).toEqual(wanted)
      }
    }
  })

  it('a report of 5 days ago is fresh to 3/4 of 10 days, and says nothing after them', () => {
    const days = Int32Array.from([11, 12, 17, 22, 23])
    const series = seriesOf('X', 'kbbl', 'weekly', [[7, 12, 100]])
    const { values, freshness, age, knownOn: known, period } = reported(days, [series], 10, 1, (era) => era.values)
    expect(Array.from(values[0])).toEqual([Number.NaN, 100, 100, 100, Number.NaN])
    expect(Array.from(age)).toEqual([Number.NaN, 0, 5, 10, 11])
    expect(Array.from(freshness).slice(1, 4)).toEqual([1, 0.75, 0.5])
    expect(Array.from(known)).toEqual([11, 12, 12, 12, 12])
    expect(Array.from(period)).toEqual([0, 7, 7, 7, 7])
  })
})
