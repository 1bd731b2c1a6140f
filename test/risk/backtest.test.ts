import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { acerbiSzekely } from '../../src/lib/risk/backtest/acerbi-szekely.js'
import { backtestStatistics } from '../../src/lib/risk/backtest/backtest-statistics.js'
import { conditionalCoverage, independence } from '../../src/lib/risk/backtest/christoffersen.js'
import { dynamicQuantile } from '../../src/lib/risk/backtest/dynamic-quantile.js'
import { kupiec } from '../../src/lib/risk/backtest/kupiec.js'
import { quantileLoss } from '../../src/lib/risk/backtest/quantile-loss.js'
import { rollingForecasts, type ReplayedPnl } from '../../src/lib/risk/backtest/rolling-forecasts.js'
import { trafficLight } from '../../src/lib/risk/backtest/traffic-light.js'
import { replayChanges } from '../../src/lib/risk/changes-pnl.js'
import { RISK_METHODS } from '../../src/lib/risk/methods.js'
import { RISK_DEFAULTS } from '../../src/lib/risk/methods/risk-method.js'
import { PRICES, WTI } from './samples.js'

/** Hits on the given days of `n`. */
function hitsOn(n: number, days: readonly number[]): boolean[] {
  return Array.from({ length: n }, (_, day) => days.includes(day))
}

function forecastsOf(method: string, replay: ReplayedPnl, window: number, confidence = 0.95) {
  const rolling = rollingForecasts([RISK_METHODS[method]], replay, {
    window,
    confidences: [confidence],
    refitDays: 21,
    settings: RISK_DEFAULTS,
  })
  let step = rolling.next()
  while (step.done !== true) step = rolling.next()
  return step.value
}

function heldIn(prices: Float64Array, lots = 1, multiplier = 1) {
  return {
    held: [{ id: 'CL', lots, multiplier }],
    changes: {
      days: Int32Array.from({ length: prices.length - 1 }, (_, i) => 18_000 + i),
      settlement: [prices.slice(1)],
      base: [prices.slice(0, -1)],
    },
  }
}

describe('coverage', () => {
  it('Kupiec: 10 exceptions in 1,000 days at 99 % are exactly right, 20 are not', () => {
    expect(kupiec(1000, 10, 0.01)).toEqual({ lr: 0, df: 1, p: 1 })
    // −2[980 ln .99 + 20 ln .01 − 980 ln .98 − 20 ln .02] by hand
    const byHand = -2 * (980 * Math.log(0.99 / 0.98) + 20 * Math.log(0.01 / 0.02))
    expect(kupiec(1000, 20, 0.01).lr).toBeCloseTo(byHand, 9)
    expect(kupiec(1000, 20, 0.01).p).toBeLessThan(0.01)
  })

  it('no exceptions at all: −2n ln(1 − p), 0·ln 0 being 0', () => {
    expect(kupiec(250, 0, 0.01).lr).toBeCloseTo(-500 * Math.log(0.99), 12)
    expect(independence(hitsOn(250, []))).toEqual({ lr: 0, df: 1, p: 1 })
  })

  it("rugarch's VaRTest: 53 exceptions in 1,250 days at 95 %, the first on the first day, four right after another", () => {
    const days = [0, 1, 2, 3, 4, ...Array.from({ length: 48 }, (_, i) => 20 + 20 * i)]
    const hits = hitsOn(1250, days)
    expect(hits.filter(Boolean).length).toBe(53)
    const coverage = kupiec(1250, 53, 0.05)
    const both = conditionalCoverage(coverage, independence(hits))
    expect(both.lr).toBeCloseTo(2.903345898, 8)
    expect(both.df).toBe(2)
    expect(both.p).toBeCloseTo(Math.exp(-both.lr / 2), 12) // χ²(2) has this tail
  })

  it('independence equals a likelihood multiplied day by day', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 3, maxLength: 60 }), (hits) => {
        const count = (before: boolean | null, now: boolean): number =>
          hits.slice(1).filter((hit, i) => hit === now && (before === null || hits[i] === before)).length
        const share = (before: boolean | null): number => {
          const all = count(before, true) + count(before, false)
          return all === 0 ? 0 : count(before, true) / all
        }
        let ratio = 1
        hits.slice(1).forEach((hit, i) => {
          const one = hit ? share(null) : 1 - share(null)
          const two = hit ? share(hits[i]) : 1 - share(hits[i])
          ratio *= one / two
        })
        expect(independence(hits).lr).toBeCloseTo(Math.max(0, -2 * Math.log(ratio)), 8)
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})

describe('dynamic quantile', () => {
  it('equals the least-squares projection solved by elimination', () => {
    const rng = seededRng(3, 'dq')
    const n = 400
    const hits = Array.from({ length: n }, () => rng.uniform() < 0.06)
    const varUsd = Float64Array.from({ length: n }, () => 1 + rng.uniform())
    const p = 0.05
    const rows = Array.from({ length: n - 4 }, (_, i) => {
      const t = i + 4
      const lag = (k: number): number => (hits[t - k] ? 1 : 0) - p
      return { x: [1, lag(1), lag(2), lag(3), lag(4), varUsd[t]], y: (hits[t] ? 1 : 0) - p }
    })
    const normal = Array.from({ length: 6 }, (_, a) => [
      ...Array.from({ length: 6 }, (_, b) => rows.reduce((sum, { x }) => sum + x[a] * x[b], 0)),
      rows.reduce((sum, { x, y }) => sum + x[a] * y, 0),
    ])
    const right = normal.map((row) => row[6])
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) {
        if (j === i) continue
        const f = normal[j][i] / normal[i][i]
        for (let k = i; k < 7; k++) normal[j][k] -= f * normal[i][k]
      }
    }
    const statistic = right.reduce((sum, value, i) => sum + (value * normal[i][6]) / normal[i][i], 0) / (p * (1 - p))
    const dq = dynamicQuantile(hits, varUsd, p)
    expect(dq?.lr).toBeCloseTo(statistic, 8)
    expect(dq?.df).toBe(6)
    // a VaR in millions of dollars changes nothing
    expect(
      dynamicQuantile(
        hits,
        varUsd.map((value) => 1e8 * value),
        p,
      )?.lr,
    ).toBeCloseTo(statistic, 6)
  })

  it('has no answer without exceptions', () => {
    expect(
      dynamicQuantile(
        hitsOn(100, []),
        new Float64Array(100).fill(1).map((one, i) => one + i),
        0.01,
      ),
    ).toBeNull()
  })
})

describe('traffic light', () => {
  it.each([
    [4, 'green'],
    [5, 'yellow'],
    [9, 'yellow'],
    [10, 'red'],
  ])('%i exceptions of the last 250 days at 99 % are %s', (count, light) => {
    const hits = hitsOn(
      600,
      Array.from({ length: count }, (_, i) => 360 + 5 * i),
    )
    expect(trafficLight(hits, 0.99)).toEqual({ light, rule: 'basel', observations: 250, exceptions: count })
  })

  it('exceptions before the last 250 days do not count at 99 %', () => {
    expect(trafficLight(hitsOn(600, [1, 2, 3, 4, 5, 6, 7]), 0.99).exceptions).toBe(0)
  })

  it('at 95 % the binomial decides: of 1,000 days 61 are green, 62 yellow', () => {
    const light = (count: number) =>
      trafficLight(
        hitsOn(
          1000,
          Array.from({ length: count }, (_, i) => 3 * i),
        ),
        0.95,
      )
    expect(light(61)).toMatchObject({ light: 'green', rule: 'binomial', observations: 1000 })
    expect(light(62).light).toBe('yellow')
    expect(light(90).light).toBe('red')
  })
})

describe('expected shortfall and quantile loss', () => {
  it('two exceptions of 100 days at 98 %, each as bad as ES said: both tests are 0', () => {
    const pnl = new Float64Array(100).fill(1)
    pnl[10] = -20
    pnl[50] = -20
    const flat = (value: number) => new Float64Array(100).fill(value)
    const tests = acerbiSzekely(pnl, flat(10), flat(20), 0.02)
    expect(tests?.z1).toBeCloseTo(0, 12)
    expect(tests?.z2).toBeCloseTo(0, 12)
    const worse = acerbiSzekely(
      pnl.map((x) => 2 * x),
      flat(10),
      flat(20),
      0.02,
    )
    expect(worse?.z1).toBeCloseTo(-1, 12)
    expect(acerbiSzekely(new Float64Array(100).fill(1), flat(10), flat(20), 0.02)?.z1).toBeNull()
    expect(acerbiSzekely(pnl, flat(10), flat(Number.NaN), 0.02)).toBeNull()
  })

  it('tick loss by hand: p = 0.1, VaR 10: a gain of 5 costs 1.5, a loss of 30 costs 18', () => {
    expect(quantileLoss(Float64Array.of(5, -30), Float64Array.of(10, 10), 0.1)).toBeCloseTo((1.5 + 18) / 2, 12)
  })

  it('a loss equal to VaR is no exception', () => {
    const tests = backtestStatistics(
      Float64Array.of(-10, -10.01, 3),
      new Float64Array(3).fill(10),
      new Float64Array(3).fill(12),
      0.9,
    )
    expect(tests.hits).toEqual([false, true, false])
  })
})

describe('rolling forecasts', () => {
  const prices = PRICES['CL']

  it('the first forecast is of return index W, from the W returns before it', () => {
    const { held, changes } = heldIn(prices, 10, 1000)
    const { first, series } = forecastsOf('normal', replayChanges(held, changes, 'simple'), 250)
    expect(first).toBe(250)
    expect(series[0].varUsd.length).toBe(prices.length - 1 - 250)
    // by hand, from first principles: 250 simple returns on 10 lots of 1,000 bbl at price index 250
    for (const day of [0, 1, 700]) {
      const t = 250 + day
      const exposure = 10_000 * prices[t]
      const past = Array.from({ length: 250 }, (_, i) => exposure * (prices[t - 249 + i] / prices[t - 250 + i] - 1))
      const mean = past.reduce((sum, x) => sum + x, 0) / 250
      const sd = Math.sqrt(past.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 249)
      expect(series[0].varUsd[day]).toBeCloseTo(-mean + 1.6448536269514722 * sd, 4)
    }
  })

  it.each(['normal', 'ewma', 'historical', 'hull-white', 'age-weighted', 'cornish-fisher', 'garch', 'student-t'])(
    '%s: what happens from a day on changes no forecast up to that day',
    (method) => {
      const cut = 420
      const changed = prices.slice(0, 520)
      for (let i = cut + 1; i < changed.length; i++) changed[i] *= 1.3 + 0.1 * Math.sin(i)
      const series = [prices.slice(0, 520), changed].map((column) => {
        const { held, changes } = heldIn(column)
        return forecastsOf(method, replayChanges(held, changes, 'simple'), 250).series[0].varUsd
      })
      // the forecast for return index `cut` uses prices up to index `cut`
      expect(Array.from(series[0].subarray(0, cut - 250 + 1))).toEqual(Array.from(series[1].subarray(0, cut - 250 + 1)))
      expect(series[0][cut - 250 + 1]).not.toBe(series[1][cut - 250 + 1])
    },
  )

  it('realised P&L is lots × multiplier × price change, through −36.98 too', () => {
    const { held, changes } = heldIn(WTI, 2, 1000)
    const { realisedUsd } = replayChanges(held, changes, 'diff')
    expect(Math.min(...realisedUsd)).toBeCloseTo(2000 * -55.29, 6)
    expect(() => replayChanges(held, changes, 'simple')).toThrow(/no meaning at or below zero/)
  })

  it('a method that fails on some days says on how many', () => {
    const flat = prices.slice(0, 200).fill(50, 0, 130)
    const { held, changes } = heldIn(flat)
    const { failures, series } = forecastsOf('hull-white', replayChanges(held, changes, 'diff'), 100)
    expect(failures.get('hull-white')?.days).toBeGreaterThan(0)
    expect(series[0].varUsd[0]).toBeNaN()
  })
})
