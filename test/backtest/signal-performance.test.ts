import { describe, expect, it } from 'vitest'
import { directionalPerformance } from '../../src/lib/backtest/signal-performance/directional-performance.js'
import { forwardChange } from '../../src/lib/backtest/signal-performance/forward-change.js'
import { groupPerformance } from '../../src/lib/backtest/signal-performance/group-performance.js'
import { informationCoefficient } from '../../src/lib/backtest/signal-performance/information-coefficient.js'
import { turnover } from '../../src/lib/backtest/signal-performance/turnover.js'
import { seededRng } from '../../src/lib/kernel/rng.js'

const walk = (seed: number, count = 1500): Float64Array => {
  const rng = seededRng(seed, 'walk')
  let level = 70
  return Float64Array.from({ length: count }, () => (level += rng.normal()))
}
const noise = (seed: number, count = 1500): Float64Array => {
  const rng = seededRng(seed, 'noise')
  return Float64Array.from({ length: count }, () => rng.normal())
}

describe('forwardChange', () => {
  it('is what the days after earned: 70, 71, 69 gives +1 and −2 over a day, and ends with nothing', () => {
    expect(Array.from(forwardChange(Float64Array.of(70, 71, 69), 1))).toEqual([1, -2, Number.NaN])
    expect(Array.from(forwardChange(Float64Array.of(70, 71, -37.63), 2))).toEqual([-107.63, Number.NaN, Number.NaN])
  })
})

describe('informationCoefficient', () => {
  it('is 1 of a score that knows the change, −1 of its opposite, and does not care for its scale', () => {
    const forward = forwardChange(walk(1), 1)
    expect(informationCoefficient(forward, forward).value).toBeCloseTo(1, 10)
    expect(
      informationCoefficient(
        forward.map((x) => -(x ** 3)),
        forward,
      ).value,
    ).toBeCloseTo(-1, 10)
  })

  it('equals Spearman by Σd²: 1 − 6Σd² ÷ n(n² − 1) without ties', () => {
    const [a, b] = [noise(3, 60), noise(4, 60)]
    const rank = (values: Float64Array, i: number): number => values.filter((value) => value <= values[i]).length
    let squares = 0
    for (let i = 0; i < 60; i++) squares += (rank(a, i) - rank(b, i)) ** 2
    expect(informationCoefficient(a, b).value).toBeCloseTo(1 - (6 * squares) / (60 * (60 ** 2 - 1)), 10)
  })

  it('has a t beyond 1.96 in about one of twenty noises, overlapping horizons or not', () => {
    for (const horizon of [1, 10]) {
      let beyond = 0
      for (let seed = 0; seed < 200; seed++) {
        const smooth = noise(seed + 1000, 600).map((_, i, all) =>
          all.subarray(Math.max(0, i - 4), i + 1).reduce((x, y) => x + y, 0),
        )
        if (Math.abs(informationCoefficient(smooth, forwardChange(walk(seed, 600), horizon)).t) > 1.96) beyond++
      }
      expect(beyond / 200).toBeLessThan(0.14)
    }
  })

  it('is not a number of too few days, or of a score that never moves', () => {
    expect(informationCoefficient(noise(1, 10), noise(2, 10)).value).toBeNaN()
    expect(informationCoefficient(new Float64Array(100), noise(2, 100)).value).toBeNaN()
  })
})

describe('directionalPerformance', () => {
  it('counts by hand: long +2, short −1 (a loss of −3 is a gain of 3), neutral and unknown left out', () => {
    const side = Float64Array.of(1, -1, 0, Number.NaN, 1, -1)
    const forward = Float64Array.of(2, -3, 5, 5, -1, 0)
    const one = directionalPerformance(side, forward, 1, seededRng(1, 'x'))
    expect(one).toMatchObject({ observations: 4, long: 2, short: 2 })
    expect(one.hitRate).toBeCloseTo(2 / 3, 12)
    expect(one.meanPnl).toBeCloseTo((2 + 3 - 1 + 0) / 4, 12)
    expect(one.buyAndHold).toBeCloseTo((2 - 3 - 1 + 0) / 4, 12)
  })

  it('beats all coins with foresight and none with hindsight', () => {
    const forward = forwardChange(walk(5, 400), 1)
    const side = forward.map((x) => (x > 0 ? 1 : -1))
    expect(directionalPerformance(side, forward, 1, seededRng(1, 'x')).coinFlip.p).toBeLessThan(0.002)
    expect(
      directionalPerformance(
        side.map((x) => -x),
        forward,
        1,
        seededRng(1, 'x'),
      ).coinFlip.p,
    ).toBeGreaterThan(0.99)
  })

  it('has its mean inside its interval, and zero in it for about 19 of 20 noises', () => {
    let outside = 0
    for (let seed = 0; seed < 120; seed++) {
      const forward = forwardChange(walk(seed, 500), 5)
      const side = noise(seed + 77, 500).map((x) => (x > 0 ? 1 : -1))
      const one = directionalPerformance(side, forward, 5, seededRng(seed, 'x'))
      expect(one.low).toBeLessThanOrEqual(one.meanPnl)
      expect(one.high).toBeGreaterThanOrEqual(one.meanPnl)
      if (one.low > 0 || one.high < 0) outside++
    }
    expect(outside / 120).toBeLessThan(0.15)
  })

  it('is equal for equal seeds', () => {
    const forward = forwardChange(walk(9), 5)
    const side = noise(10).map((x) => Math.sign(x))
    const run = (): unknown => directionalPerformance(side, forward, 5, seededRng(3, 'x'))
    expect(run()).toEqual(run())
  })
})

describe('turnover', () => {
  it('counts changes and stretches: + + 0 − − − has two changes and stretches of 2 and 3 days', () => {
    const one = turnover(Float64Array.of(1, 1, 0, -1, -1, -1))
    expect(one.changesPerYear).toBeCloseTo((2 * 252) / 5, 10)
    expect(one.meanHoldingDays).toBeCloseTo(2.5, 12)
    expect(one.exposure).toBeCloseTo(5 / 6, 12)
  })
})

describe('groupPerformance', () => {
  it('adds up to all days with a direction', () => {
    const forward = forwardChange(walk(2, 300), 1)
    const side = noise(6, 300).map((x) => Math.sign(x))
    const groups = groupPerformance(side, new Float64Array(300).fill(40), forward, (i) => (i % 3 === 0 ? 'a' : 'b'))
    const all = directionalPerformance(side, forward, 1, seededRng(1, 'x'))
    expect(groups.reduce((sum, { observations }) => sum + observations, 0)).toBe(all.observations)
    const mean = groups.reduce((sum, group) => sum + group.meanPnl * group.observations, 0) / all.observations
    expect(mean).toBeCloseTo(all.meanPnl, 10)
  })
})
