import { describe, expect, it } from 'vitest'
import { binomialCdf } from '../../src/lib/kernel/binomial-distribution.js'
import { chiSquareSurvival } from '../../src/lib/kernel/chi-square-distribution.js'
import { erf, erfc } from '../../src/lib/kernel/erf.js'
import { incompleteBeta } from '../../src/lib/kernel/incomplete-beta.js'
import { upperIncompleteGamma } from '../../src/lib/kernel/incomplete-gamma.js'
import { logGamma } from '../../src/lib/kernel/log-gamma.js'
import { normalCdf, normalPdf, normalQuantile } from '../../src/lib/kernel/normal-distribution.js'
import { studentTCdf, studentTPdf, studentTQuantile } from '../../src/lib/kernel/student-t-distribution.js'
import { golden } from '../support/golden.js'

interface SpecialFunctions {
  readonly p: number[]
  readonly x: number[]
  readonly normPpf: number[]
  readonly normCdf: number[]
  readonly normPdf: number[]
  readonly tPpf: Record<string, number[]>
  readonly tCdf: Record<string, number[]>
  readonly chi2Sf: Record<string, number[]>
  readonly chi2Sf_x: number[]
  readonly gammaln: Record<string, number>
  readonly betainc: [number, number, number, number][]
  readonly gammainc: [number, number, number][]
  readonly binomCdf: [number, number, number, number][]
  readonly erf: [number, number][]
}

/** 1e-10 in the middle, 1e-8 of the figure itself in the tails and for the quantile of Student's t, where SciPy 1.10 is 2e-9 off. */
function expectClose(actual: number, expected: number, what: string, inTail = Math.abs(expected) < 1e-3): void {
  const size = Math.abs(expected)
  const allowed = inTail ? Math.max(1e-8 * size, 1e-18) : 1e-10 * Math.max(1, size)
  expect(Math.abs(actual - expected), `${what}: ${actual}, SciPy ${expected}`).toBeLessThanOrEqual(allowed)
}

const scipy = golden<SpecialFunctions>('risk/special_functions.json')

describe('distributions equal SciPy', () => {
  it('normal density, probability and quantile', () => {
    scipy.x.forEach((x, i) => {
      expectClose(normalPdf(x), scipy.normPdf[i], `pdf(${x})`)
      expectClose(normalCdf(x), scipy.normCdf[i], `cdf(${x})`)
    })
    scipy.p.forEach((p, i) => expectClose(normalQuantile(p), scipy.normPpf[i], `quantile(${p})`, p === 1e-10))
  })

  it("Student's t probability and quantile from 1 to 200 degrees of freedom, 2.5 and 6.7 among them", () => {
    for (const [nu, values] of Object.entries(scipy.tPpf)) {
      scipy.p.forEach((p, i) => {
        if (p === 0.5) expect(Math.abs(studentTQuantile(p, Number(nu)) - values[i])).toBeLessThan(1e-10)
        else expectClose(studentTQuantile(p, Number(nu)), values[i], `quantile(${p}, ${nu})`, true)
      })
    }
    for (const [nu, values] of Object.entries(scipy.tCdf)) {
      scipy.x.forEach((x, i) => expectClose(studentTCdf(x, Number(nu)), values[i], `cdf(${x}, ${nu})`))
    }
  })

  it('chi-square tails, binomial probabilities', () => {
    for (const [df, values] of Object.entries(scipy.chi2Sf)) {
      scipy.chi2Sf_x.forEach((x, i) => expectClose(chiSquareSurvival(x, Number(df)), values[i], `chi2(${x}, ${df})`))
    }
    for (const [count, n, p, value] of scipy.binomCdf) expectClose(binomialCdf(count, n, p), value, `${count} of ${n}`)
  })

  it('erf, ln Γ, incomplete beta and gamma', () => {
    for (const [x, value] of scipy.erf) {
      expectClose(erf(x), value, `erf(${x})`)
      expectClose(erfc(x), 1 - value, `erfc(${x})`)
    }
    for (const [x, value] of Object.entries(scipy.gammaln)) {
      expect(Math.abs(logGamma(Number(x)) - value)).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(value)))
    }
    for (const [a, b, x, value] of scipy.betainc) expectClose(incompleteBeta(a, b, x), value, `I(${a}, ${b}, ${x})`)
    for (const [a, x, value] of scipy.gammainc) {
      expect(Math.abs(1 - upperIncompleteGamma(a, x) - value), `P(${a}, ${x})`).toBeLessThanOrEqual(1e-10)
    }
  })
})

describe('distributions by themselves', () => {
  it('quantile and probability undo each other into the far tail', () => {
    for (const p of [1e-12, 1e-7, 0.01, 0.3, 0.5, 0.8, 0.999]) {
      expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 11)
      for (const nu of [0.7, 2.5, 4, 9.3, 80, 5000]) {
        expect(studentTCdf(studentTQuantile(p, nu), nu) / p, `p ${p}, nu ${nu}`).toBeCloseTo(1, 9)
      }
    }
  })

  it("Student's t with 1 degree of freedom is Cauchy: density 1 ÷ (π(1 + x²))", () => {
    expect(studentTPdf(1, 1)).toBeCloseTo(1 / (2 * Math.PI), 14)
    expect(studentTCdf(1, 1)).toBeCloseTo(0.75, 14)
  })

  it('refuses by NaN what is no probability or no degrees of freedom', () => {
    expect(normalQuantile(1.5)).toBeNaN()
    expect(normalQuantile(Number.NaN)).toBeNaN()
    expect(studentTQuantile(0.5, 0)).toBeNaN()
    expect(studentTCdf(1, -1)).toBeNaN()
    expect(logGamma(0)).toBeNaN()
    expect(incompleteBeta(1, 1, 2)).toBeNaN()
    expect(upperIncompleteGamma(-1, 1)).toBeNaN()
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
    expect([studentTQuantile(0, 3), studentTQuantile(1, 3)]).toEqual([-Infinity, Infinity])
  })
})
