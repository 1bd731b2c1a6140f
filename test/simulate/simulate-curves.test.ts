import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { PRODUCTS } from '../../src/lib/market/instrument.js'
import { simulateCurves } from '../../src/lib/simulate/simulate-curves.js'
import { day } from '../market/market.js'
import { curves, market, parameters, statesTo } from './world.js'

const LAST = day('2012-12-31')
const states = statesTo(1, LAST)

describe('simulateCurves', () => {
  it('ranks roll on the real calendar: CLF12 is rank 1 through its last trading day, 2011-12-20', () => {
    const columns = curves(states, 1, 'CL', 3)
    const front = (date: string): number => columns.month[columns.day.indexOf(day(date))]
    expect(front('2011-12-20')).toBe(201201)
    expect(front('2011-12-21')).toBe(201202)
  })

  it.each(PRODUCTS)('%s: rank and contract agree with the calendar on every day, for every rank', (product) => {
    const columns = curves(states, 1, product, 12)
    for (let row = 0; row < columns.day.length; row++) {
      const expected = market.monthAtRank(product, columns.day[row], columns.rank[row])
      if (columns.month[row] !== expected) expect(columns.month[row], isoFromDay(columns.day[row])).toBe(expected)
      if (row > 0 && columns.rank[row] > 1) expect(columns.month[row]).toBeGreaterThan(columns.month[row - 1])
    }
    expect(columns.day.length % 12).toBe(0)
  })

  it('a contract has no gap on the day that ranks roll: its move then is as large as on other days', () => {
    const columns = curves(states, 1, 'RB', 3)
    const settlement = new Map<string, number>()
    columns.day.forEach((d, row) => settlement.set(`${d}/${columns.month[row]}`, columns.settlement[row]))
    const rollMoves: number[] = []
    const otherMoves: number[] = []
    for (let row = 3; row < columns.day.length; row += 3) {
      const before = settlement.get(`${columns.day[row - 3]}/${columns.month[row]}`)
      if (before === undefined) throw new Error('the new front contract was rank 2 the day before')
      const move = Math.abs(Math.log(columns.settlement[row] / before))
      if (columns.month[row] === columns.month[row - 3]) otherMoves.push(move)
      else rollMoves.push(move)
    }
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(rollMoves.length).toBe(35)
    expect(mean(rollMoves) / mean(otherMoves)).toBeGreaterThan(0.6)
    expect(mean(rollMoves) / mean(otherMoves)).toBeLessThan(1.5)
  })

  it.each(PRODUCTS)('%s: prices are whole ticks and positive, counts whole and not negative', (product) => {
    const { settlement, openInterest, volume, day: days } = curves(states, 1, product, 12)
    const { ticks } = market.instrument(product)
    const perUnit = Math.round(1 / ticks[ticks.length - 1].tick)
    for (let row = 0; row < days.length; row++) {
      const price = settlement[row]
      if (!(price > 0) || price !== Math.round(price * perUnit) / perUnit) expect(price).toBe('a whole tick')
      const count = openInterest?.[row] ?? -1
      const traded = volume?.[row] ?? -1
      if (!(Number.isInteger(count) && count >= 0 && Number.isInteger(traded) && traded >= 0)) {
        expect([count, traded]).toBe('whole lots')
      }
    }
  })

  it('crude has no cliff along the curve: neighbouring months differ by less than 6 %', () => {
    const { rank, settlement } = curves(states, 1, 'CL', 36)
    let widest = 0
    for (let row = 1; row < rank.length; row++) {
      if (rank[row] > 1) widest = Math.max(widest, Math.abs(settlement[row] / settlement[row - 1] - 1))
    }
    expect(widest).toBeLessThan(0.06)
  })

  it('BZ is Brent within a dime or two, Dubai a few dollars below, gasoil HO × 42 × 7.45 within a few dollars a barrel', () => {
    const on = (product: 'BRN' | 'BZ' | 'DBI' | 'HO' | 'LGO', month: number): number => {
      const columns = curves(states, 1, product, 12)
      const row = columns.day.findIndex((d, i) => d === day('2011-06-15') && columns.month[i] === month)
      return columns.settlement[row]
    }
    expect(Math.abs(on('BZ', 201112) - on('BRN', 201112))).toBeLessThan(0.25)
    expect(on('DBI', 201112) - on('BRN', 201112)).toBeLessThan(1.5)
    expect(on('DBI', 201112) - on('BRN', 201112)).toBeGreaterThan(-8)
    expect(Math.abs(on('LGO', 201112) / 7.45 - 42 * on('HO', 201112))).toBeLessThan(8)
  })

  it('open interest leaves the front contract before it expires and is in the next one', () => {
    const columns = curves(states, 1, 'CL', 2)
    const row = columns.day.indexOf(day('2011-12-20'))
    const openInterest = columns.openInterest ?? new Float64Array()
    expect(columns.rank[row]).toBe(1)
    expect(openInterest[row]).toBeLessThan(0.1 * openInterest[row + 1])
    const early = columns.day.indexOf(day('2011-11-28'))
    expect(openInterest[early]).toBeGreaterThan(openInterest[early + 1] * 0.9)
  })

  it('a window is a slice of the world: later from, earlier to and fewer ranks change no number', () => {
    const whole = curves(states, 1, 'HO', 6)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (skip, length, ranks) => {
          const from = parameters.start + skip
          const to = Math.min(LAST, from + length)
          const window = simulateCurves({
            states: statesTo(1, to),
            parameters,
            market,
            seed: 1,
            product: 'HO',
            from,
            ranks,
          })
          const expected = Array.from(whole.day.keys()).filter(
            (row) => whole.day[row] >= from && whole.day[row] <= to && whole.rank[row] <= ranks,
          )
          expect([...window.settlement]).toEqual(expected.map((row) => whole.settlement[row]))
          expect([...(window.volume ?? [])]).toEqual(expected.map((row) => whole.volume?.[row]))
          expect([...(window.openInterest ?? [])]).toEqual(expected.map((row) => whole.openInterest?.[row]))
        },
      ),
      { seed: 1, numRuns: 15 },
    )
  })

  it('another seed is another world', () => {
    const other = curves(statesTo(2, LAST), 2, 'CL', 1)
    const one = curves(states, 1, 'CL', 1)
    expect([...other.day]).toEqual([...one.day])
    const equal = one.settlement.filter((price, i) => price === other.settlement[i]).length
    expect(equal).toBeLessThan(10)
  })
})
