import { describe, expect, it } from 'vitest'
import { seasonOfDay, seasonOfMonth } from '../../src/lib/simulate/seasonal.js'
import { day } from '../market/market.js'

const pattern = [0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330]

describe('season', () => {
  it('of a contract is that of its delivery month', () => {
    expect(seasonOfMonth(pattern, 202403)).toBe(60)
    expect(seasonOfMonth(pattern, 202412)).toBe(330)
  })

  it('of a day is the month at mid-month and a straight line between', () => {
    expect(seasonOfDay(pattern, day('2023-01-16'))).toBeCloseTo(0, 12)
    expect(seasonOfDay(pattern, day('2023-04-30'))).toBeCloseTo(90 + 30 * (29.5 / 30 - 0.5), 12)
    expect(seasonOfDay(pattern, day('2023-12-31'))).toBeCloseTo(330 - 330 * (30.5 / 31 - 0.5), 12)
  })

  it('has no corner at the turn of the year', () => {
    const step = Math.abs(seasonOfDay(pattern, day('2024-01-01')) - seasonOfDay(pattern, day('2023-12-31')))
    expect(step).toBeLessThan(330 / 31 + 1e-9)
  })
})
