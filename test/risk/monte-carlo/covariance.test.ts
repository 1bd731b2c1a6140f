import { describe, expect, it } from 'vitest'
import {
  ewmaCovariance,
  ledoitWolfCovariance,
  oasCovariance,
  sampleCovariance,
} from '../../../src/lib/risk/monte-carlo/covariance.js'
import { cholesky } from '../../../src/lib/kernel/cholesky.js'
import { symmetricEigen } from '../../../src/lib/kernel/symmetric-eigen.js'
import { golden } from '../../support/golden.js'
import { logReturns, PRICES, simpleReturns } from '../samples.js'

const peer = golden<{
  cols: string[]
  pearson: number[][]
  cov_n1: number[][]
  ewma_cov: number[][]
  ledoit_wolf_cov: number[][]
  ledoit_wolf_shrinkage: number
  oas_cov: number[][]
  oas_shrinkage: number
  ewma_corr: number[][]
  chol_corr: number[][]
  eig_corr: number[]
  rolling60_CL_HO_last5: number[]
}>('risk/correlations.json')

const columns = peer.cols.map((name) => logReturns(PRICES[name]))

function expectMatrix(actual: Float64Array, expected: number[][], relative: number): void {
  const flat = expected.flat()
  const scale = Math.max(...flat.map(Math.abs))
  flat.forEach((value, at) => expect(Math.abs(actual[at] - value)).toBeLessThan(relative * scale))
}

function correlations(covariance: Float64Array, n: number): Float64Array {
  return covariance.map((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    return value / Math.sqrt(covariance[i * n + i] * covariance[j * n + j])
  })
}

describe('covariances equal their peers', () => {
  it('of the sample, and the correlations in them', () => {
    const covariance = sampleCovariance(columns)
    expectMatrix(covariance, peer.cov_n1, 1e-12)
    expectMatrix(correlations(covariance, 8), peer.pearson, 1e-12)
  })

  it('over a rolling window of 60 days, WTI and heating oil', () => {
    const [wti, ho] = ['CL', 'HO'].map((name) => logReturns(PRICES[name]))
    peer.rolling60_CL_HO_last5.forEach((expected, k) => {
      const to = wti.length - 4 + k
      const window = [wti.subarray(to - 60, to), ho.subarray(to - 60, to)]
      expect(correlations(sampleCovariance(window), 2)[1]).toBeCloseTo(expected, 12)
    })
  })

  it('exponentially weighted, after a warm-up of 30 days', () => {
    const covariance = ewmaCovariance(columns, 0.94, 30)
    expectMatrix(covariance, peer.ewma_cov, 1e-12)
    expectMatrix(correlations(covariance, 8), peer.ewma_corr, 1e-11)
  })

  it('shrunk by Ledoit and Wolf', () => {
    const { covariance, shrinkage } = ledoitWolfCovariance(columns)
    expect(shrinkage).toBeCloseTo(peer.ledoit_wolf_shrinkage, 12)
    expectMatrix(covariance, peer.ledoit_wolf_cov, 1e-12)
  })

  it('shrunk by oracle approximation', () => {
    const { covariance, shrinkage } = oasCovariance(columns)
    expect(shrinkage).toBeCloseTo(peer.oas_shrinkage, 12)
    expectMatrix(covariance, peer.oas_cov, 1e-12)
  })

  it('in the Cholesky factor and the eigenvalues of the correlations', () => {
    const pearson = Float64Array.from(peer.pearson.flat())
    expectMatrix(cholesky(pearson, 8), peer.chol_corr, 1e-12)
    const { values } = symmetricEigen(pearson, 8)
    expectMatrix(values, [peer.eig_corr], 1e-12)
  })
})

describe('the portfolio of the peers’ Monte Carlo', () => {
  const book = golden<{ cov: number[][]; chol: number[][]; exposure: number[] }>('risk/montecarlo.json')
  const names = ['CL', 'CO', 'XB', 'HO', 'NG', 'QS']
  const covariance = sampleCovariance(names.map((name) => simpleReturns(PRICES[name])))

  it('has the covariance of six simple returns, its Cholesky factor, and lots × multiplier × last price, to 1e-12', () => {
    expectMatrix(covariance, book.cov, 1e-12)
    expectMatrix(cholesky(covariance, 6), book.chol, 1e-12)
    const dollars = [100 * 1000, -60 * 1000, 25 * 42_000, -20 * 42_000, 10 * 10_000, -30 * 100]
    const exposure = names.map((name, i) => dollars[i] * PRICES[name][PRICES[name].length - 1])
    expectMatrix(Float64Array.from(exposure), [book.exposure], 1e-12)
  })
})

describe('covariances by hand', () => {
  it('two days of ±1 and ±2 covary by 4 with divisor n − 1', () => {
    expect(sampleCovariance([Float64Array.of(1, -1), Float64Array.of(2, -2)])).toEqual(Float64Array.of(2, 4, 4, 8))
  })

  it('oracle approximation, variances 1 and 3: weight 1 after 4 days, 6.5/8.5 after 16', () => {
    // (tr S²/p² + m²) ÷ ((n + 1)(tr S²/p² − m²/p)) = (10/4 + 4) ÷ ((n + 1)·(10/4 − 4/2))
    const days = (n: number): Float64Array[] => [
      Float64Array.from({ length: n }, (_, i) => (i % 4 < 2 ? 1 : -1)),
      Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? Math.sqrt(3) : -Math.sqrt(3))),
    ]
    expect(oasCovariance(days(4)).shrinkage).toBe(1)
    const { covariance, shrinkage } = oasCovariance(days(16))
    expect(shrinkage).toBeCloseTo(13 / 17, 12)
    expect(covariance[0]).toBeCloseTo(1 + 13 / 17, 12)
  })

  it('an EWMA without warm-up starts at the mean square of all days', () => {
    // (1 + 9)/2 = 5; 0.5·5 + 0.5·1 = 3; 0.5·3 + 0.5·9 = 6.
    expect(ewmaCovariance([Float64Array.of(1, 3)], 0.5)[0]).toBe(6)
  })
})
