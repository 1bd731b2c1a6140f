import { describe, expect, it } from 'vitest'
import { contractMoves } from '../../src/lib/analytics/contract-moves.js'
import { realisedVol } from '../../src/lib/analytics/realised-vol.js'
import { indexCurve } from '../../src/lib/market/curve-index.js'
import { curveOf, type Row } from '../desk/desk.js'

const front = (prices: number[]): ReturnType<typeof contractMoves> =>
  contractMoves(
    indexCurve(
      curveOf(
        'CL',
        prices.map((price, i): Row => [`2024-01-0${i + 2}`, 202402, price]),
      ),
    ),
  )

describe('realisedVol', () => {
  it('of 100 → 110 → 99: log returns ln 1.1 and ln 0.9, sd |ln 1.1 − ln 0.9| ÷ √2', () => {
    const { logFraction, price } = realisedVol(front([100, 110, 99]), 2, 2, 252)
    expect(logFraction.value).toBeCloseTo((Math.log(1.1 / 0.9) / Math.SQRT2) * Math.sqrt(252), 10)
    expect(price.value).toBeCloseTo((21 / Math.SQRT2) * Math.sqrt(252), 10)
  })
  it('of a price below zero is quoted in the price’s own unit only', () => {
    const { logFraction, price } = realisedVol(front([18.27, -37.63, 10.01]), 2, 2, 252)
    expect(logFraction).toMatchObject({
      value: null,
      reason: expect.stringContaining('settled at -37.63 on 2024-01-03'),
    })
    expect(price.value).toBeCloseTo(((47.64 + 55.9) / Math.SQRT2) * Math.sqrt(252), 8)
  })
  it('waits for its window', () => expect(realisedVol(front([100, 110]), 1, 2, 252).price.value).toBeNull())
  it('knows nothing of the next day', () => {
    expect(realisedVol(front([100, 110, 99, 500]), 2, 2, 252)).toEqual(realisedVol(front([100, 110, 99]), 2, 2, 252))
  })
})
