import { describe, expect, it } from 'vitest'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { normalDraws } from '../../src/lib/simulate/normal-draws.js'
import { simulateTicks } from '../../src/lib/simulate/simulate-ticks.js'

const model = {
  startPrice: 80,
  dailyVolatility: 0.02,
  garch: { omega: 0.02, alpha: 0.05, gamma: 0.06, beta: 0.9 },
  tick: 0.01,
  ticksPerDay: 2000,
}
const pathOf = (n: number, changes: Partial<typeof model> = {}) => {
  const rng = seededRng(3, 'test')
  const next = simulateTicks({ ...model, ...changes }, normalDraws(rng), () => rng.uniform())
  return Array.from({ length: n }, next)
}

describe('simulateTicks', () => {
  it('quotes on ticks, bid below ask, trades at one of the two', () => {
    for (const { last, bid, ask } of pathOf(5000)) {
      expect(bid).toBeLessThan(ask)
      expect([bid, ask]).toContain(last)
      expect(Math.abs(bid * 100 - Math.round(bid * 100))).toBeLessThan(1e-8)
    }
  })

  it('moves 2 % a day: the mean square of 200 days of log moves', () => {
    const mids = pathOf(400_000).map(({ bid, ask }) => (bid + ask) / 2)
    let sum = 0
    for (let i = 2000; i < mids.length; i += 2000) sum += Math.log(mids[i] / mids[i - 2000]) ** 2
    expect(Math.sqrt(sum / 199)).toBeGreaterThan(0.017)
    expect(Math.sqrt(sum / 199)).toBeLessThan(0.023)
  })

  it('has busy and quiet spells: squares of moves hang together', () => {
    const mids = pathOf(20_000, { tick: 0.0001 }).map(({ bid, ask }) => (bid + ask) / 2)
    const squares = mids.slice(1).map((mid, i) => Math.log(mid / mids[i]) ** 2)
    const mean = squares.reduce((a, b) => a + b, 0) / squares.length
    let cross = 0
    let own = 0
    for (let i = 1; i < squares.length; i++) {
      cross += (squares[i] - mean) * (squares[i - 1] - mean)
      own += (squares[i] - mean) ** 2
    }
    expect(cross / own).toBeGreaterThan(0.05)
  })

  it('widens the spread when it is busy', () => {
    const spreads = pathOf(20_000).map(({ bid, ask }) => Math.round((ask - bid) * 100))
    expect(Math.min(...spreads)).toBe(1)
    expect(Math.max(...spreads)).toBeGreaterThan(2)
  })
})
