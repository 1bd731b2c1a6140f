import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { futuresVolatility, logFutures, riskNeutralTilt } from '../../src/lib/simulate/schwartz-smith.js'
import { sharedFile } from '../support/shared.js'

/** The model of the reference figures. */
const model = { kappaPerYear: 1.2, sigmaChi: 0.28, sigmaXi: 0.16, rho: 0.3, lambdaChi: 0.05, muXiStar: 0.01 }
const golden = sharedFile('goldens/risk/schwartz_smith.json')

describe('schwartzSmith', () => {
  it.skipIf(golden === null)('agrees with an independent program to 1e-12: A(τ), prices, volatilities', () => {
    const { data } = JSON.parse(readFileSync(golden ?? '', 'utf8')) as {
      data: { T: number[]; A: number[]; futures_at_chi0_1_xi_ln60: number[]; inst_vol_futures: number[] }
    }
    data.T.forEach((years, i) => {
      expect(riskNeutralTilt(model, years)).toBeCloseTo(data.A[i], 13)
      expect(Math.exp(logFutures(model, 0.1, Math.log(60), years)) / data.futures_at_chi0_1_xi_ln60[i]).toBeCloseTo(
        1,
        12,
      )
      expect(futuresVolatility(model, years)).toBeCloseTo(data.inst_vol_futures[i], 13)
    })
  })

  it('one year out, χ = 0.1 and ξ = ln 60 give 62.8547 (figure of the same independent program)', () => {
    expect(Math.exp(logFutures(model, 0.1, Math.log(60), 1))).toBeCloseTo(62.8546744621678, 10)
  })

  it('is the spot price at expiry, and has the spot volatility √(σχ² + σξ² + 2ρσχσξ) there', () => {
    expect(riskNeutralTilt(model, 0)).toBe(0)
    expect(logFutures(model, 0.1, 4, 0)).toBe(4.1)
    expect(futuresVolatility(model, 0)).toBeCloseTo(Math.sqrt(0.28 ** 2 + 0.16 ** 2 + 2 * 0.3 * 0.28 * 0.16), 14)
  })

  it('is the risk-neutral mean of the spot price: Monte Carlo over half a year agrees within four standard errors', () => {
    const rng = seededRng(11, 'schwartz-smith')
    const { kappaPerYear: k, sigmaChi, sigmaXi, rho, lambdaChi, muXiStar } = model
    const years = 0.5
    const decay = Math.exp(-k * years)
    const chiMean = decay * 0.1 - ((1 - decay) * lambdaChi) / k
    const chiSd = sigmaChi * Math.sqrt((1 - decay * decay) / (2 * k))
    const xiSd = sigmaXi * Math.sqrt(years)
    const correlation = (rho * sigmaChi * sigmaXi * (1 - decay)) / k / (chiSd * xiSd)
    let sum = 0
    let squares = 0
    const paths = 200_000
    for (let i = 0; i < paths; i++) {
      const a = rng.normal()
      const b = correlation * a + Math.sqrt(1 - correlation ** 2) * rng.normal()
      const spot = Math.exp(chiMean + chiSd * a + Math.log(60) + muXiStar * years + xiSd * b)
      sum += spot
      squares += spot * spot
    }
    const mean = sum / paths
    const error = Math.sqrt((squares / paths - mean * mean) / paths)
    expect(Math.abs(mean - Math.exp(logFutures(model, 0.1, Math.log(60), years)))).toBeLessThan(4 * error)
  })

  it('volatility never rises with maturity where the factors do not offset each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }), (a, b) => {
        expect(futuresVolatility(model, Math.max(a, b))).toBeLessThanOrEqual(futuresVolatility(model, Math.min(a, b)))
      }),
      { seed: 1 },
    )
  })
})
