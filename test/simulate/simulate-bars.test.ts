import { describe, expect, it } from 'vitest'
import { PRODUCTS } from '../../src/lib/market/instrument.js'
import { simulateBars } from '../../src/lib/simulate/simulate-bars.js'
import { day } from '../market/market.js'
import { curves, market, parameters, rankSeries, statesTo, variance } from './world.js'

const states = statesTo(1, day('2014-12-31'))
const bars = (product: (typeof PRODUCTS)[number], from = parameters.start) =>
  simulateBars({ states, parameters, market, seed: 1, product, from })

describe('simulateBars', () => {
  it.each(PRODUCTS)('%s: low ≤ open and close ≤ high, all of them whole ticks', (product) => {
    const { open, high, low, close, volume } = bars(product)
    const perUnit = Math.round(1 / market.instrument(product).ticks[0].tick)
    for (let i = 0; i < open.length; i++) {
      const ordered = low[i] <= Math.min(open[i], close[i]) && Math.max(open[i], close[i]) <= high[i] && low[i] > 0
      const ticks = [open, high, low, close].every((field) => field[i] === Math.round(field[i] * perUnit) / perUnit)
      if (!ordered || !ticks) expect([open[i], high[i], low[i], close[i]]).toBe('a bar')
    }
    expect(Math.min(...volume)).toBeGreaterThanOrEqual(0)
  })

  it('the close is the settlement of the front contract', () => {
    const { sessionDay, close } = bars('CL')
    const front = rankSeries(curves(states, 1, 'CL', 1), 1)
    expect([...sessionDay]).toEqual([...front.keys()])
    expect([...close]).toEqual([...front.values()])
  })

  it('about 30 % of the variance is between settlement and open, and the range is that of a random walk', () => {
    const { sessionDay, open, high, low, close } = bars('CL')
    const steady = Array.from(sessionDay.keys())
      .slice(1)
      .filter((i) => market.monthAtRank('CL', sessionDay[i], 1) === market.monthAtRank('CL', sessionDay[i - 1], 1))
    const gaps = steady.map((i) => Math.log(open[i] / close[i - 1]))
    const moves = steady.map((i) => Math.log(close[i] / close[i - 1]))
    expect(variance(gaps) / variance(moves)).toBeGreaterThan(0.22)
    expect(variance(gaps) / variance(moves)).toBeLessThan(0.38)
    // Parkinson (1980): the mean squared log range of a random walk is 4·ln 2 times its variance
    const ranges = steady.map((i) => Math.log(high[i] / low[i]) ** 2)
    const parkinson = ranges.reduce((sum, value) => sum + value, 0) / ranges.length / (4 * Math.log(2))
    expect(parkinson / (0.7 * variance(moves))).toBeGreaterThan(0.75)
    expect(parkinson / (0.7 * variance(moves))).toBeLessThan(1.35)
  })

  it('a later from cuts the same bars shorter', () => {
    const whole = bars('NG')
    const from = day('2013-06-03')
    const cut = bars('NG', from)
    const start = whole.sessionDay.indexOf(from)
    expect([...cut.high]).toEqual([...whole.high.slice(start)])
    expect([...cut.open]).toEqual([...whole.open.slice(start)])
  })
})
