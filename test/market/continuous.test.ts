import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { continuousSeries, pnlPoints, pointsFromFirst } from '../../src/lib/market/continuous.js'
import type { CurveColumns } from '../../src/lib/market/dataset.js'
import { parseRollRule, scheduledRollDay, type RollRule } from '../../src/lib/market/roll.js'
import { sharedFile } from '../support/shared.js'
import { builtInMarket, day } from './market.js'
import { csvRecords, curveOfWideTable } from './shared-csv.js'

const market = builtInMarket()
const holdToExpiry: RollRule = { kind: 'calendar', businessDaysBefore: 0 }

type Row = readonly [date: string, month: number, settlement: number, openInterest?: number]
function curve(rows: readonly Row[]): CurveColumns {
  const activity = rows.some((row) => row[3] !== undefined)
  return {
    kind: 'curves',
    product: 'CL',
    unit: 'USD/bbl',
    day: Int32Array.from(rows, ([date]) => day(date)),
    month: Int32Array.from(rows, ([, month]) => month),
    rank: Int32Array.from(rows, ([date, month]) => market.rankOfMonth('CL', day(date), month)),
    settlement: Float64Array.from(rows, ([, , settlement]) => settlement),
    ...(activity ? { openInterest: Float64Array.from(rows, (row) => row[3] ?? Number.NaN) } : {}),
  }
}

// CLF24 expires on 2023-12-19: 73, 74 | 75 → CLG24 at 76, 77. The far contract stands 1 above.
const expiryWeek = curve([
  ['2023-12-18', 202401, 73],
  ['2023-12-18', 202402, 74],
  ['2023-12-19', 202401, 74],
  ['2023-12-19', 202402, 75],
  ['2023-12-20', 202402, 76],
  ['2023-12-20', 202403, 78],
  ['2023-12-21', 202402, 77],
  ['2023-12-21', 202403, 79],
])

describe('continuous series', () => {
  it('unadjusted shows each contract through its last trading day, and changes without the gap', () => {
    const series = continuousSeries(market, expiryWeek, { roll: holdToExpiry, adjust: 'none', rank: 1 })
    expect([...series.settlement]).toEqual([73, 74, 76, 77])
    expect([...series.month]).toEqual([202401, 202401, 202402, 202402])
    expect([...series.change]).toEqual([Number.NaN, 1, 1, 1])
    expect(series.rolls).toEqual([
      {
        day: day('2023-12-19'),
        scheduled: day('2023-12-19'),
        from: 202401,
        to: 202402,
        fromSettlement: 74,
        toSettlement: 75,
        gap: 1,
      },
    ])
    expect(pnlPoints(series)).toBe(3)
    expect(pointsFromFirst(series)).toBe(4)
  })

  it('adjusted by difference moves the past by the gap, so that its steps are the changes', () => {
    const series = continuousSeries(market, expiryWeek, { roll: holdToExpiry, adjust: 'difference', rank: 1 })
    expect([...series.adjusted]).toEqual([74, 75, 76, 77])
    expect(series.description.words).toMatch(/last trading day.*difference/)
  })

  it('adjusted by ratio scales the past by far / near, 75 / 74', () => {
    const series = continuousSeries(market, expiryWeek, { roll: holdToExpiry, adjust: 'ratio', rank: 1 })
    expect(series.adjusted[1]).toBeCloseTo(75, 12)
    expect(series.adjusted[0]).toBeCloseTo((73 * 75) / 74, 12)
    expect([...series.adjusted.slice(2)]).toEqual([76, 77])
  })

  it('rolled one business day early leaves CLF24 on 2023-12-18', () => {
    const roll: RollRule = { kind: 'calendar', businessDaysBefore: 1 }
    const series = continuousSeries(market, expiryWeek, { roll, adjust: 'none', rank: 1 })
    expect([...series.settlement]).toEqual([73, 75, 76, 77])
    expect([...series.change]).toEqual([Number.NaN, 1, 1, 1])
  })

  it('rolled by open interest moves at the settlement after the crossing', () => {
    const busy = curve([
      ['2023-12-14', 202401, 71, 90],
      ['2023-12-14', 202402, 72, 100],
      ['2023-12-15', 202401, 72, 80],
      ['2023-12-15', 202402, 73, 120],
      ['2023-12-18', 202401, 73, 50],
      ['2023-12-18', 202402, 74, 150],
    ])
    const series = continuousSeries(market, busy, { roll: { kind: 'open-interest' }, adjust: 'none', rank: 1 })
    expect(series.rolls.map((roll) => isoFromDay(roll.day))).toEqual(['2023-12-15'])
    expect([...series.settlement]).toEqual([71, 72, 74])
  })

  it('by open interest needs open interest', () => {
    expect(() =>
      continuousSeries(market, expiryWeek, { roll: { kind: 'open-interest' }, adjust: 'none', rank: 1 }),
    ).toThrow(expect.objectContaining({ kind: 'noData', code: 'NO_ACTIVITY' }))
  })

  it('by ratio is refused where a price is not above zero: −37.63 on 2020-04-20', () => {
    const crash = curve([
      ['2020-04-17', 202005, 18.27],
      ['2020-04-17', 202006, 25.03],
      ['2020-04-20', 202005, -37.63],
      ['2020-04-20', 202006, 20.43],
      ['2020-04-21', 202005, 10.01],
      ['2020-04-21', 202006, 11.57],
    ])
    const by = (adjust: 'difference' | 'ratio') => () =>
      continuousSeries(market, crash, { roll: holdToExpiry, adjust, rank: 1 })
    expect(by('ratio')).toThrow(
      expect.objectContaining({ kind: 'refused', message: expect.stringContaining('-37.63 on 2020-04-20') }),
    )
    expect(by('difference')().adjusted[1]).toBeCloseTo(-37.63 + 1.56, 12)
  })

  it('rolls on the last day with both prices where the scheduled one has only one, and says so', () => {
    const holed = curve([
      ['2023-12-18', 202401, 73],
      ['2023-12-18', 202402, 74],
      ['2023-12-19', 202401, 74],
      ['2023-12-20', 202402, 76],
    ])
    const series = continuousSeries(market, holed, { roll: holdToExpiry, adjust: 'none', rank: 1 })
    expect(series.rolls[0]).toMatchObject({ day: day('2023-12-18'), scheduled: day('2023-12-19'), gap: 1 })
    expect(series.missingDays).toEqual([day('2023-12-19')])
    expect([...series.change]).toEqual([Number.NaN, 2])
  })

  it('without any day that has both prices says which contracts lack one', () => {
    const apart = curve([
      ['2023-12-19', 202401, 74],
      ['2023-12-20', 202402, 76],
    ])
    expect(() => continuousSeries(market, apart, { roll: holdToExpiry, adjust: 'none', rank: 1 })).toThrow(
      expect.objectContaining({ code: 'ROLL_WITHOUT_PRICE', details: expect.objectContaining({ near: 'CLF24' }) }),
    )
  })

  it('adjusted by difference has the contract-true changes as its steps, whatever the prices', () => {
    const days: number[] = []
    const nymex = market.calendar('NYMEX')
    for (let date = day('2022-01-03'); days.length < 150; date = nymex.addBusinessDays(date, 1)) days.push(date)
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5000, max: 15_000 }), { minLength: 600, maxLength: 600 }),
        fc.constantFrom('calendar:0', 'calendar:5', 'fixed-day:10', 'fixed-day:31'),
        fc.integer({ min: 1, max: 2 }),
        (cents, rule, rank) => {
          const rows = days.flatMap((date, i) =>
            [0, 1, 2, 3].map((k): Row => [
              isoFromDay(date),
              market.monthAtRank('CL', date, k + 1),
              cents[i * 4 + k] / 100,
            ]),
          )
          const roll = parseRollRule(rule) ?? holdToExpiry
          const series = continuousSeries(market, curve(rows), { roll, adjust: 'difference', rank })
          expect(series.day).toHaveLength(150)
          expect(series.adjusted.at(-1)).toBe(series.settlement.at(-1))
          for (let i = 1; i < series.day.length; i++) {
            expect(series.adjusted[i] - series.adjusted[i - 1]).toBeCloseTo(series.change[i], 8)
          }
        },
      ),
      { seed: 5, numRuns: 40 },
    )
  })
})

describe('roll rule', () => {
  it('fixed-day:15 leaves CLF24 on Friday 15 December 2023; fixed-day:25 on 24 November, as its 25th is after expiry', () => {
    const on = (text: string) => isoFromDay(scheduledRollDay(market, 'CL', 202401, parseRollRule(text) ?? holdToExpiry))
    expect(on('fixed-day:15')).toBe('2023-12-15')
    expect(on('fixed-day:25')).toBe('2023-11-24')
    expect(on('calendar:5')).toBe('2023-12-12')
  })

  it.each(['calendar', 'calendar:16', 'calendar:-1', 'fixed-day:0', 'fixed-day:32', 'weekly', ''])(
    '"%s" is none',
    (text) => expect(parseRollRule(text)).toBeNull(),
  )
})

const curves = sharedFile('data/futures_curves_daily.csv')
describe.skipIf(!curves)('one lot of long CL rank 1, 2007-01-02 to 2023-12-29, no costs', () => {
  it('held to each last trading day loses 26,470 USD, where the naive difference of ranks says +10,600', () => {
    const columns = curveOfWideTable(market, csvRecords(curves ?? ''), 'CL')
    const series = continuousSeries(market, columns, { roll: holdToExpiry, adjust: 'difference', rank: 1 })
    expect(pnlPoints(series) * 1000).toBeCloseTo(-26_470, 4)
    expect(pointsFromFirst(series) * 1000).toBeCloseTo(10_600, 4)
    expect(series.rolls).toHaveLength(204)
    expect(series.missingDays).toEqual([])
    expect(series.settlement[series.day.indexOf(day('2020-04-20'))]).toBe(-37.63)
    const spanned = series.adjusted[series.adjusted.length - 1] - series.adjusted[0]
    expect(spanned * 1000).toBeCloseTo(-26_470, 4)
  })
})
