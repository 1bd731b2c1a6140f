import { describe, expect, it } from 'vitest'
import type { Product } from '../../src/lib/market/instrument.js'
import { day } from '../market/market.js'
import {
  annualVolatility,
  commonLogReturns,
  correlation,
  curves,
  jumpsPerYear,
  kurtosis,
  logReturns,
  market,
  parameters,
  rankSeries,
  statesTo,
} from './world.js'

/*
 * Targets measured on rank series of settlements, 2007–2025: annual volatility by rank, daily correlations of
 * second-month log returns, kurtosis of WTI's front month (18.6; 15.7 contract-true), jumps a year above 4 local MAD-sd.
 * Four worlds of 27 years: volatility clusters for months, so one path of one product may be 20 % off by chance.
 */
const SEEDS = [1, 2, 3, 4]
const VOLATILITY: Partial<Record<Product, Record<number, number>>> = {
  CL: { 1: 0.42, 2: 0.386, 3: 0.378, 6: 0.333, 12: 0.287, 24: 0.238, 36: 0.213 },
  BRN: { 1: 0.368, 2: 0.351, 3: 0.338, 6: 0.31, 12: 0.273, 24: 0.228, 36: 0.203 },
  HO: { 1: 0.353, 12: 0.251, 18: 0.234 },
  RB: { 1: 0.407, 12: 0.301, 18: 0.284 },
  NG: { 1: 0.561, 12: 0.279, 36: 0.201 },
}
const CORRELATION: readonly (readonly [Product, Product, number])[] = [
  ['CL', 'BRN', 0.89],
  ['CL', 'RB', 0.76],
  ['CL', 'HO', 0.8],
  ['BRN', 'RB', 0.83],
  ['BRN', 'HO', 0.9],
  ['RB', 'HO', 0.77],
  ['CL', 'NG', 0.15],
  ['RB', 'NG', 0.15],
]
const JUMPS: readonly (readonly [Product, number, number])[] = [
  ['CL', 2.5, 0.8],
  ['BRN', 2.8, 0.8],
  ['RB', 3.6, 1.3],
  ['HO', 1.8, 0.7],
  ['NG', 1.2, 0.8],
]

const worlds = SEEDS.map((seed) => {
  const states = statesTo(seed, day('2036-12-31'))
  const made = new Map(
    (['CL', 'BRN', 'RB', 'HO', 'NG', 'BZ', 'DBI', 'LGO'] as const).map((product) => [
      product,
      curves(states, seed, product, parameters.activity[product].ranks),
    ]),
  )
  return (product: Product, rank: number) => {
    const columns = made.get(product)
    if (!columns) throw new Error(product)
    return rankSeries(columns, rank)
  }
})
const average = (of: (world: (typeof worlds)[number]) => number): number =>
  worlds.reduce((sum, world) => sum + of(world), 0) / worlds.length

describe('the simulated market against the measured one', () => {
  for (const [product, byRank] of Object.entries(VOLATILITY) as [Product, Record<number, number>][]) {
    it(`${product}: annual volatility of every rank is within 15 % of the measured one`, () => {
      for (const [rank, target] of Object.entries(byRank)) {
        const simulated = average((world) => annualVolatility(logReturns(world(product, Number(rank)))))
        expect(Math.abs(simulated / target - 1), `${product}${rank} ${simulated} for ${target}`).toBeLessThan(0.15)
      }
    })

    it(`${product}: volatility falls with every rank up the curve (Samuelson)`, () => {
      for (const world of worlds) {
        const volatilities = Object.keys(byRank).map((rank) =>
          annualVolatility(logReturns(world(product, Number(rank)))),
        )
        expect(volatilities).toEqual([...volatilities].sort((a, b) => b - a))
      }
    })
  }

  it.each(CORRELATION)('%s and %s: daily returns of the second month correlate by %d ± 0.08', (a, b, target) => {
    const simulated = average((world) => correlation(...commonLogReturns(world(a, 2), world(b, 2))))
    expect(Math.abs(simulated - target), `${simulated}`).toBeLessThan(0.08)
  })

  it.each([
    ['BRN', 'BZ', 0.995],
    ['BRN', 'DBI', 0.95],
    ['HO', 'LGO', 0.85],
  ] as const)('%s and %s, which is tied to it, correlate above %d', (anchor, tied, least) => {
    expect(average((world) => correlation(...commonLogReturns(world(anchor, 2), world(tied, 2))))).toBeGreaterThan(
      least,
    )
  })

  it('CL1 has fat tails: kurtosis above 6 in every world, where a normal has 3', () => {
    for (const world of worlds) expect(kurtosis(logReturns(world('CL', 1)))).toBeGreaterThan(6)
  })

  it.each(JUMPS)('%s jumps about %d times a year (± %d)', (product, target, tolerance) => {
    const simulated = average((world) => jumpsPerYear(logReturns(world(product, 2))))
    expect(Math.abs(simulated - target), `${simulated}`).toBeLessThan(tolerance)
  })

  it('WTI is in backwardation and in contango (rank 1 against 12) for a quarter of the days each, over the worlds', () => {
    const share = average((world) => {
      const [near, far] = [world('CL', 1), world('CL', 12)]
      const days = [...near.keys()]
      return days.filter((d) => (near.get(d) ?? NaN) > (far.get(d) ?? NaN)).length / days.length
    })
    expect(share).toBeGreaterThan(0.25)
    expect(share).toBeLessThan(0.75)
  })

  it('prices stay where oil has been: WTI between 8 and 250 USD/bbl, Brent above WTI more often than not', () => {
    for (const world of worlds) {
      const wti = world('CL', 1)
      expect(Math.min(...wti.values())).toBeGreaterThan(8)
      expect(Math.max(...wti.values())).toBeLessThan(250)
      const brent = world('BRN', 1)
      const days = [...wti.keys()].filter((d) => brent.has(d))
      expect(days.filter((d) => (brent.get(d) ?? NaN) > (wti.get(d) ?? NaN)).length / days.length).toBeGreaterThan(0.5)
    }
  })

  it('a March gasoline contract stands about 9 USD/bbl above the February one, and gives it back in autumn', () => {
    const states = statesTo(1, day('2012-12-31'))
    const columns = curves(states, 1, 'RB', 12)
    const step = (nearMonth: number): number => {
      const steps: number[] = []
      for (let row = 0; row + 1 < columns.month.length; row++) {
        if (columns.month[row] % 100 === nearMonth && columns.day[row + 1] === columns.day[row]) {
          steps.push(42 * (columns.settlement[row + 1] - columns.settlement[row]))
        }
      }
      return steps.reduce((sum, value) => sum + value, 0) / steps.length
    }
    expect(step(2)).toBeGreaterThan(7)
    expect(step(2)).toBeLessThan(13)
    expect(step(9)).toBeLessThan(-4)
    expect(Math.abs(step(4))).toBeLessThan(3)
  })

  it('every product settles on the days of its own calendar', () => {
    const days = worlds[0]('CL', 1)
    expect(days.has(day('2024-01-15'))).toBe(false) // Martin Luther King Day
    expect(worlds[0]('BRN', 1).has(day('2024-01-15'))).toBe(true)
    for (const d of days.keys()) expect(market.settlementCalendar('CL').isBusinessDay(d)).toBe(true)
  })
})
