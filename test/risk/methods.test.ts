import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { RISK_METHODS } from '../../src/lib/risk/methods.js'
import { isCornishFisherMonotone } from '../../src/lib/risk/methods/cornish-fisher.js'
import { percentTail } from '../../src/lib/risk/methods/garch.js'
import { RISK_DEFAULTS } from '../../src/lib/risk/methods/risk-method.js'
import { fitted, logReturns, PRICES, sampleOf } from './samples.js'

const METHODS = Object.keys(RISK_METHODS)
const LEVELS = [0.95, 0.96, 0.975, 0.99, 0.995, 0.999]

/** 400 days with clustered volatility and fat tails. */
function pnlOf(seed: number): Float64Array {
  const rng = seededRng(seed, 'pnl')
  let variance = 1
  return Float64Array.from({ length: 400 }, () => {
    const shock = Math.sqrt(variance) * rng.normal() * (rng.uniform() < 0.05 ? 2.5 : 0.9)
    variance = 0.05 + 0.1 * shock * shock + 0.85 * variance
    return 1000 * shock + 20
  })
}

describe.each(METHODS)('%s', (method) => {
  it('ES is at least VaR, and VaR rises with the confidence', () => {
    for (const seed of [1, 2, 3]) {
      const fit = fitted(method, pnlOf(seed))
      let before = -Infinity
      for (const confidence of LEVELS) {
        const { varUsd, esUsd } = fit.at(confidence)
        expect(esUsd ?? Infinity, `ES at ${confidence}`).toBeGreaterThanOrEqual(varUsd)
        if (method !== 'cornish-fisher' || fit.fit['inDomain'] === 1) {
          expect(varUsd, `VaR at ${confidence}`).toBeGreaterThanOrEqual(before)
        }
        before = varUsd
      }
    }
  })

  it('ten times the position is ten times the risk', () => {
    const pnl = pnlOf(4)
    const one = fitted(method, pnl).at(0.99)
    const ten = fitted(
      method,
      pnl.map((x) => 10 * x),
    ).at(0.99)
    expect(ten.varUsd / one.varUsd).toBeCloseTo(10, 3)
    expect((ten.esUsd ?? 0) / (one.esUsd ?? 1)).toBeCloseTo(10, 2)
  })

  it('a sure gain of 100 a day lowers VaR by 100, unless the method knows no mean', () => {
    if (['ewma', 'hull-white'].includes(method)) return
    const pnl = pnlOf(5)
    const plain = fitted(method, pnl).at(0.99)
    const richer = fitted(
      method,
      pnl.map((x) => x + 100),
    ).at(0.99)
    expect(plain.varUsd - richer.varUsd).toBeGreaterThan(99)
    expect(plain.varUsd - richer.varUsd).toBeLessThan(101)
  })

  it('ten days are worth more than one, and say how', () => {
    const pnl = pnlOf(6)
    const one = fitted(method, pnl).at(0.99)
    const ten = fitted(method, pnl, {
      horizonDays: 10,
      deviationFactor: Math.sqrt(10),
      scaling: '√10',
      paths: 5000,
    })
    expect(ten.at(0.99).varUsd).toBeGreaterThan(2 * one.varUsd)
    expect(ten.at(0.99).varUsd).toBeLessThan(5 * one.varUsd)
    expect(ten.scaling).not.toBe('one day')
  })
})

describe('expected shortfall', () => {
  it('of two books together is at most the sum of theirs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 })), {
          minLength: 20,
          maxLength: 120,
        }),
        (days) => {
          const esOf = (values: number[]) => fitted('historical', Float64Array.from(values)).at(0.95).esUsd ?? 0
          const together = esOf(days.map(([a, b]) => a + b))
          expect(together).toBeLessThanOrEqual(esOf(days.map(([a]) => a)) + esOf(days.map(([, b]) => b)) + 1e-9)
        },
      ),
      { seed: 11, numRuns: 200 },
    )
  })
})

describe('GARCH', () => {
  const percent = logReturns(PRICES['CL']).map((x) => 100 * x)
  const sample = { pnlUsd: percent, percent, usdPerPercent: 1, logarithmic: false }

  it("arch's log-likelihood of CL: −2663.5176", () => {
    const { fit } = RISK_METHODS['garch'].fit(sample, RISK_DEFAULTS)
    expect(fit['logLikelihood']).toBeCloseTo(-2663.5176, 3)
    // scipy.optimize on an independent recursion
    expect(fit['mu']).toBeCloseTo(0.08173137, 4)
    expect(fit['omega']).toBeCloseTo(0.11325526, 4)
    expect(fit['alpha']).toBeCloseTo(0.09027553, 4)
    expect(fit['beta']).toBeCloseTo(0.8588962, 4)
  })

  it.each([
    ['CL', -2662.8916927766923, [0.08802009, 0.10589433, 0.10150771, 0.86339736, -0.02452536]],
    ['NG', -3824.8775583993884, [0.03614958, 0.14981225, 0.0641063, 0.92903751, -0.00823993]],
    ['XB', -2717.02741986398, [0.09303625, 0.0613877, 0.05909942, 0.91418875, 0.00157059]],
  ])('GJR of %s equals scipy.optimize on an independent recursion', (name, logLikelihood, expected) => {
    const x = logReturns(PRICES[name]).map((value) => 100 * value)
    const { fit } = RISK_METHODS['gjr-garch'].fit({ ...sample, pnlUsd: x, percent: x }, RISK_DEFAULTS)
    expect(fit['logLikelihood']).toBeCloseTo(logLikelihood, 4)
    ;['mu', 'omega', 'alpha', 'beta', 'gamma'].forEach((key, i) =>
      expect(Math.abs(fit[key] - expected[i]), key).toBeLessThan(1e-3 * Math.max(1, Math.abs(expected[i]))),
    )
  })

  it('ten days are the sum of ten forecast variances', () => {
    const one = RISK_METHODS['garch'].fit(sample, { ...RISK_DEFAULTS, zeroMean: true })
    const ten = RISK_METHODS['garch'].fit(sample, { ...RISK_DEFAULTS, zeroMean: true, horizonDays: 10 })
    const { omega, persistence, sigmaNextPercent } = one.fit
    const level = omega / (1 - persistence)
    const sum = Array.from({ length: 10 }, (_, k) => level + persistence ** k * (sigmaNextPercent ** 2 - level)).reduce(
      (total, variance) => total + variance,
    )
    expect(ten.at(0.99).varUsd / one.at(0.99).varUsd).toBeCloseTo(Math.sqrt(sum) / sigmaNextPercent, 10)
  })

  it('a logarithmic return is revalued: a long cannot lose more than its worth, a short can', () => {
    const long = { ...sample, usdPerPercent: 1, logarithmic: true }
    const short = { ...long, usdPerPercent: -1 }
    const wide = [0, 80, 0.99] as const // 80 % a day
    const lost = percentTail(long, ...wide)
    const z = 2.3263478740408408
    expect(lost.varUsd).toBeCloseTo(100 * (1 - Math.exp(-0.8 * z)), 9)
    expect(lost.esUsd).toBeGreaterThan(lost.varUsd)
    expect(lost.esUsd).toBeLessThan(100)
    const shorted = percentTail(short, ...wide)
    expect(shorted.varUsd).toBeCloseTo(100 * (Math.exp(0.8 * z) - 1), 9)
    expect(shorted.esUsd).toBeGreaterThan(shorted.varUsd)
    // ES by quadrature over the tail
    let sum = 0
    for (let i = 0; i < 200_000; i++) {
      const p = ((i + 0.5) / 200_000) * 0.01
      sum += percentTail(long, 0, 80, 1 - p).varUsd / 200_000
    }
    expect(lost.esUsd).toBeCloseTo(sum, 4)
  })
})

describe('filtered historical simulation', () => {
  it('is the same for a seed, another for another, and needs none for one day', () => {
    const pnl = pnlOf(9)
    const days = { horizonDays: 5, paths: 2000 }
    const [a, b, c] = [1, 1, 2].map((seed) => fitted('fhs', pnl, { ...days, seed }).at(0.99).varUsd)
    expect(a).toBe(b)
    expect(c).not.toBe(a)
    const [d, e] = [1, 2].map((seed) => fitted('fhs', pnl, { seed }).at(0.99).varUsd)
    expect(d).toBe(e)
  })
})

describe('Cornish–Fisher', () => {
  it('knows where its quantiles rise: |S| up to 6(√2 − 1) = 2.485, K between bounds', () => {
    expect(isCornishFisherMonotone(0, 0)).toBe(true)
    expect(isCornishFisherMonotone(0, 8.1)).toBe(false)
    expect(isCornishFisherMonotone(0, 7.9)).toBe(true)
    expect(isCornishFisherMonotone(0, -0.1)).toBe(false)
    const possible = (skewness: number) =>
      Array.from({ length: 3000 }, (_, i) => i / 100).some((kurtosis) => isCornishFisherMonotone(skewness, kurtosis))
    expect(possible(2.48)).toBe(true)
    expect(possible(2.49)).toBe(false)
  })
})

describe('bad samples', () => {
  it('EVT below its threshold is refused by name', () => {
    const fit = RISK_METHODS['evt'].fit(sampleOf(pnlOf(1)), RISK_DEFAULTS)
    expect(() => fit.at(0.9)).toThrow(/evt: a confidence of 0.9 lies below the threshold/)
  })

  it('a sample whose losses are all alike has no tail to fit', () => {
    const pnl = Float64Array.from({ length: 300 }, (_, i) => (i % 10 === 0 ? -1 : 1))
    expect(() => RISK_METHODS['evt'].fit(sampleOf(pnl), RISK_DEFAULTS)).toThrow(/evt: 0 losses lie beyond/)
  })

  it('GARCH on prices that stand still is not converged, and says which method', () => {
    expect(() => RISK_METHODS['garch'].fit(sampleOf(new Float64Array(200)), RISK_DEFAULTS)).toThrow(/^garch:/)
    expect(() => RISK_METHODS['student-t'].fit(sampleOf(new Float64Array(200)), RISK_DEFAULTS)).toThrow(/^student-t:/)
  })
})
