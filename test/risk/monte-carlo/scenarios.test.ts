import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulateBlock, SAMPLINGS, type Sampling } from '../../../src/lib/risk/monte-carlo/simulate-block.js'
import { simulatePnl, type RunBlocks } from '../../../src/lib/risk/monte-carlo/simulate-pnl.js'
import { tailFigures } from '../../../src/lib/risk/monte-carlo/tail-figures.js'
import { golden } from '../../support/golden.js'

const peer = golden<{
  cov: number[][]
  exposure: number[]
  closed_form_var95: number
  closed_form_var99: number
  closed_form_es975: number
  mvt_nu5_var99: number
  mvt_nu5_es99: number
}>('risk/montecarlo.json')

/** Covariance of simple returns times signed exposures: that of the P&L. */
const BOOK = Float64Array.from(
  peer.cov.flatMap((row, i) => row.map((value, j) => value * peer.exposure[i] * peer.exposure[j])),
)
const NO_MEAN = new Float64Array(6)

const here: RunBlocks = async (job, blocks) => {
  for (let block = 0; block < blocks; block++) simulateBlock(job, block)
}

interface Asked {
  sampling?: Sampling
  nu?: number | null
  scenarios?: number
  seed?: number
  covariance?: Float64Array
  mean?: Float64Array
  runBlocks?: RunBlocks
}

const simulated = ({
  sampling = 'pseudo',
  nu = null,
  scenarios = 200_000,
  seed = 20240105,
  covariance = BOOK,
  mean = NO_MEAN,
  runBlocks = here,
}: Asked = {}) => simulatePnl(mean, covariance, { seed, scenarios, sampling, degreesOfFreedom: nu, runBlocks })

function expectWithin3(figure: number, error: number | null, closedForm: number): void {
  expect(error).not.toBeNull()
  expect(Math.abs(figure - closedForm), `${figure} against ${closedForm}, s.e. ${error}`).toBeLessThan(3 * (error ?? 0))
}

describe.each(SAMPLINGS)('%s scenarios', (sampling) => {
  it('of normals are within three standard errors of the closed forms', async () => {
    const pnl = await simulated({ sampling })
    const at = (confidence: number) => tailFigures(pnl.totalUsd, confidence, pnl)
    expectWithin3(at(0.95).varUsd, at(0.95).varStandardErrorUsd, peer.closed_form_var95)
    expectWithin3(at(0.99).varUsd, at(0.99).varStandardErrorUsd, peer.closed_form_var99)
    expectWithin3(at(0.975).esUsd, at(0.975).esStandardErrorUsd, peer.closed_form_es975)
  })

  it('of a Student-t with 5 degrees of freedom are within three standard errors of the closed forms', async () => {
    const pnl = await simulated({ sampling, nu: 5 })
    const { varUsd, varStandardErrorUsd, esUsd, esStandardErrorUsd } = tailFigures(pnl.totalUsd, 0.99, pnl)
    expectWithin3(varUsd, varStandardErrorUsd, peer.mvt_nu5_var99)
    expectWithin3(esUsd, esStandardErrorUsd, peer.mvt_nu5_es99)
  })

  it('name a standard error that is the spread of the figure over seeds', async () => {
    const runs = await Promise.all(
      Array.from({ length: 40 }, (_, seed) => simulated({ sampling, seed, scenarios: 20_000 })),
    )
    const tails = runs.map((pnl) => tailFigures(pnl.totalUsd, 0.95, pnl))
    const centre = tails.reduce((sum, tail) => sum + tail.varUsd, 0) / tails.length
    const spread = Math.sqrt(tails.reduce((sum, tail) => sum + (tail.varUsd - centre) ** 2, 0) / (tails.length - 1))
    const named = tails.reduce((sum, tail) => sum + (tail.varStandardErrorUsd ?? Number.NaN), 0) / tails.length
    expect(spread / named).toBeGreaterThan(0.6)
    expect(spread / named).toBeLessThan(1.5)
  })
})

describe('scenarios', () => {
  it('of the smaller run are the first of the larger one', async () => {
    const [small, large] = await Promise.all([simulated({ scenarios: 70_001 }), simulated({ scenarios: 140_000 })])
    expect(large.totalUsd.subarray(0, 70_001)).toEqual(small.totalUsd)
  })

  it('come from the seed: another seed is another run, the same seed the same one', async () => {
    const [one, again, other] = await Promise.all([
      simulated({ scenarios: 5000 }),
      simulated({ scenarios: 5000 }),
      simulated({ scenarios: 5000, seed: 1 }),
    ])
    expect(again.totalUsd).toEqual(one.totalUsd)
    expect(other.totalUsd[0]).not.toBe(one.totalUsd[0])
  })

  it('carry the mean and add up over positions', async () => {
    const mean = Float64Array.of(1000, -500, 0, 0, 0, 250)
    const { pnlUsd, totalUsd } = await simulated({ mean, scenarios: 100_000, sampling: 'antithetic' })
    for (const scenario of [0, 1, 99_999]) {
      let sum = 0
      for (let i = 0; i < 6; i++) sum += pnlUsd[i * 100_000 + scenario]
      expect(sum).toBe(totalUsd[scenario])
    }
    // Mirrored normals cancel: the simulated mean is the given one, 1000 − 500 + 250.
    expect(totalUsd.reduce((sum, value) => sum + value, 0) / 100_000).toBeCloseTo(750, 6)
  })

  it('of one position are its standard deviation times a normal', async () => {
    const pnl = await simulated({ covariance: Float64Array.of(100), mean: Float64Array.of(0), sampling: 'sobol' })
    // 10 USD × 2.3263479
    expect(tailFigures(pnl.totalUsd, 0.99, pnl).varUsd).toBeCloseTo(23.26, 1)
  })

  it('of a perfect hedge lose nothing, and say that the covariance is singular', async () => {
    const pnl = await simulated({ covariance: Float64Array.of(4, -4, -4, 4), mean: new Float64Array(2) })
    expect(pnl.factor).toBe('singular')
    expect(Math.max(...pnl.totalUsd.subarray(0, 1000).map(Math.abs))).toBeLessThan(1e-12)
    expect(tailFigures(pnl.totalUsd, 0.99, pnl).varUsd).toBeCloseTo(0, 10)
  })

  it('replace correlations that contradict each other by the nearest that do not', async () => {
    // 0.9, 0.9 and −0.9 cannot hold together: eigenvalues 1.9, 1.9 and −0.8.
    const covariance = Float64Array.of(1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1)
    const pnl = await simulated({ covariance, mean: new Float64Array(3) })
    expect(pnl.factor).toBe('nearest-psd')
    // Clipping leaves 1.9·(I − vvᵀ), v the third eigenvector with v_i² = 1/3: each variance is 1.9 × 2/3.
    let squares = 0
    for (let s = 0; s < 200_000; s++) squares += pnl.pnlUsd[s] ** 2
    expect(squares / 200_000).toBeCloseTo((1.9 * 2) / 3, 1)
  })

  it('have a truer mean where they are mirrored or laid out evenly', async () => {
    const means = async (sampling: Sampling): Promise<number> => {
      const runs = await Promise.all(
        Array.from({ length: 20 }, (_, seed) => simulated({ sampling, seed, scenarios: 4000, nu: 6 })),
      )
      const centres = runs.map(({ totalUsd }) => totalUsd.reduce((sum, value) => sum + value, 0) / 4000)
      return Math.sqrt(centres.reduce((sum, value) => sum + value * value, 0) / 20)
    }
    const pseudo = await means('pseudo')
    expect(await means('antithetic')).toBeLessThan(1e-6 * pseudo)
    expect(await means('sobol')).toBeLessThan(0.5 * pseudo)
  })

  it('have a smaller standard error of VaR from Sobol points than from random ones', async () => {
    const [pseudo, sobol] = await Promise.all([simulated(), simulated({ sampling: 'sobol' })])
    const error = (pnl: typeof pseudo): number => tailFigures(pnl.totalUsd, 0.95, pnl).varStandardErrorUsd ?? NaN
    expect(error(sobol)).toBeLessThan(0.7 * error(pseudo))
  })

  it('of any book have ES at or above VaR, a VaR that rises with confidence, and doubles with the lots', async () => {
    const loadings = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 9, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(
        loadings,
        fc.constantFrom(...SAMPLINGS),
        fc.constantFrom(null, 3, 8),
        async (f, sampling, nu) => {
          fc.pre(f.some((value) => Math.abs(value) > 1))
          const covariance = Float64Array.from({ length: 9 }, (_, at) => {
            const [i, j] = [Math.floor(at / 3), at % 3]
            return f[3 * i] * f[3 * j] + f[3 * i + 1] * f[3 * j + 1] + f[3 * i + 2] * f[3 * j + 2]
          })
          const mean = new Float64Array(3)
          const asked = { covariance, mean, sampling, nu, scenarios: 4000 }
          const [single, double] = await Promise.all([
            simulated(asked),
            simulated({ ...asked, covariance: covariance.map((value) => 4 * value) }),
          ])
          const [var90, var95, var99] = [0.9, 0.95, 0.99].map((level) => tailFigures(single.totalUsd, level, single))
          for (const tail of [var90, var95, var99]) expect(tail.esUsd).toBeGreaterThanOrEqual(tail.varUsd)
          expect(var95.varUsd).toBeGreaterThanOrEqual(var90.varUsd)
          expect(var99.varUsd).toBeGreaterThanOrEqual(var95.varUsd)
          // A factor of two is exact in binary, to the last bit.
          if (single.factor === 'cholesky') {
            expect(tailFigures(double.totalUsd, 0.99, double).varUsd).toBe(2 * var99.varUsd)
          }
        },
      ),
      { seed: 3, numRuns: 40 },
    )
  })

  it.each([
    ['TOO_FEW_SCENARIOS', { scenarios: 999 }],
    ['TOO_MANY_SCENARIOS', { scenarios: 11_000_000 }],
    ['NO_VARIANCE', { nu: 2 }],
    ['COVARIANCE_ZERO', { covariance: new Float64Array(36) }],
    [
      'TOO_MANY_SOBOL_DIMENSIONS',
      { sampling: 'sobol', nu: 5, mean: new Float64Array(64), covariance: new Float64Array(4096), scenarios: 1000 },
    ],
  ] satisfies [string, Asked][])('are refused with %s', async (code, asked) => {
    await expect(simulated(asked)).rejects.toMatchObject({ code })
  })
})
