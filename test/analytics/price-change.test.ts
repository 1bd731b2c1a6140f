import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contractMoves } from '../../src/lib/analytics/contract-moves.js'
import { priceChange } from '../../src/lib/analytics/price-change.js'
import { indexCurve, settlementOf } from '../../src/lib/market/curve-index.js'
import { curveOf, market, type Row } from '../desk/desk.js'

// CLK20 leaves on 2020-04-21; CLM20 is rank 1 from the 22nd
const APRIL_2020: Row[] = [
  ['2020-04-17', 202005, 18.27],
  ['2020-04-17', 202006, 25.03],
  ['2020-04-20', 202005, -37.63],
  ['2020-04-20', 202006, 20.43],
  ['2020-04-21', 202005, 10.01],
  ['2020-04-21', 202006, 11.57],
  ['2020-04-22', 202006, 13.78],
]
const april = contractMoves(indexCurve(curveOf('CL', APRIL_2020)))

describe('contractMoves', () => {
  it('hold the front through its last trading day and take the next on the day after, from its own price', () => {
    expect([...april.month]).toEqual([202005, 202005, 202005, 202006])
    expect([...april.base]).toEqual([Number.NaN, 18.27, -37.63, 11.57])
  })
})

describe('priceChange', () => {
  it('of one day is today’s contract: −55.90 and −306 % into 2020-04-20', () => {
    const { change, fraction } = priceChange(april, 1, 1)
    expect(change.value).toBeCloseTo(-55.9, 10)
    expect(fraction.value).toBeCloseTo(-55.9 / 18.27, 10)
  })
  it('has no per cent from a base below zero, and says which', () => {
    const { change, fraction } = priceChange(april, 2, 1)
    expect(change.value).toBeCloseTo(47.64, 10)
    expect(fraction.value).toBeNull()
    expect(fraction.reason).toMatch(/CL 2020-05 settled at -37.63 on 2020-04-20/)
  })
  it('adds up three days without the roll gap: −55.90 + 47.64 + (13.78 − 11.57)', () => {
    expect(priceChange(april, 3, 3).change.value).toBeCloseTo(-55.9 + 47.64 + 2.21, 10)
    expect(priceChange(april, 3, 3).fraction.value).toBeNull()
  })
  it('ends a chain where a contract expires at or below zero, although the next one’s base is above it', () => {
    const moves = contractMoves(
      indexCurve(
        curveOf('CL', [
          ['2020-04-20', 202005, 5],
          ['2020-04-20', 202006, 12],
          ['2020-04-21', 202005, -1],
          ['2020-04-21', 202006, 11],
          ['2020-04-22', 202006, 13],
        ]),
      ),
    )
    expect(priceChange(moves, 2, 2)).toMatchObject({ change: { value: -4 }, fraction: { value: null } })
  })
  it('has no number, and no guess, with too few days or a hole', () => {
    expect(priceChange(april, 2, 3).change).toMatchObject({
      value: null,
      reason: '4 settlement days are needed, the data has 3',
    })
    const holed = contractMoves(
      indexCurve(
        curveOf(
          'CL',
          APRIL_2020.filter(([date, month]) => !(date === '2020-04-21' && month === 202006)),
        ),
      ),
    )
    expect(priceChange(holed, 3, 1).change.reason).toBe('CL 2020-06 has no settlement on 2020-04-21')
  })

  /** As a blotter would: hold whatever is front today, look up what the same contract was worth the day before. */
  function slowly(rows: Row[], settlements: number): { sum: number; growth: number } {
    const index = indexCurve(curveOf('CL', rows))
    let sum = 0
    let growth = 1
    for (const today of [...index.days].slice(-settlements)) {
      const yesterday = Math.max(...[...index.days].filter((other) => other < today))
      const held = market.monthAtRank('CL', today, 1)
      sum += settlementOf(index, today, held) - settlementOf(index, yesterday, held)
      growth *= settlementOf(index, today, held) / settlementOf(index, yesterday, held)
    }
    return { sum, growth }
  }
  const DAYS = ['2024-01-17', '2024-01-18', '2024-01-19', '2024-01-22', '2024-01-23', '2024-01-24']
  it('agrees with the slow blotter over a roll (CLG24 leaves on 2024-01-22)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 18, maxLength: 18 }),
        fc.integer({ min: 1, max: 5 }),
        (cents, settlements) => {
          const rows = DAYS.flatMap((date, d) =>
            [202402, 202403, 202404].flatMap((month, m): Row[] =>
              month === 202402 && date > '2024-01-22' ? [] : [[date, month, cents[3 * d + m] / 100]],
            ),
          )
          const moves = contractMoves(indexCurve(curveOf('CL', rows)))
          const { change, fraction } = priceChange(moves, moves.days.length - 1, settlements)
          const slow = slowly(rows, settlements)
          expect(change.value).toBeCloseTo(slow.sum, 8)
          expect(fraction.value! / (slow.growth - 1 || 1)).toBeCloseTo(slow.growth === 1 ? 0 : 1, 8)
          const shifted = contractMoves(
            indexCurve(
              curveOf(
                'CL',
                rows.map(([date, month, price]) => [date, month, price + 7]),
              ),
            ),
          )
          expect(priceChange(shifted, shifted.days.length - 1, settlements).change.value).toBeCloseTo(slow.sum, 8)
          const doubled = contractMoves(
            indexCurve(
              curveOf(
                'CL',
                rows.map(([date, month, price]) => [date, month, price * 2]),
              ),
            ),
          )
          expect(priceChange(doubled, doubled.days.length - 1, settlements).fraction.value).toBeCloseTo(
            fraction.value!,
            8,
          )
        },
      ),
      { seed: 1 },
    )
  })
})
