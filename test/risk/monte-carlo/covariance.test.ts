import { describe, expect, it } from 'vitest'
import { ewmaCovariance, ledoitWolfCovariance, sampleCovariance } from '../../../src/lib/risk/monte-carlo/covariance.js'
import { golden } from '../../support/golden.js'
import { logReturns, PRICES } from '../samples.js'

const peer = golden<{
  cols: string[]
  pearson: number[][]
  cov_n1: number[][]
  ewma_cov: number[][]
  ledoit_wolf_cov: number[][]
  ledoit_wolf_shrinkage: number
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
    expectMatrix(ewmaCovariance(columns, 0.94, 30), peer.ewma_cov, 1e-12)
  })

  it('shrunk by Ledoit and Wolf', () => {
    const { covariance, shrinkage } = ledoitWolfCovariance(columns)
    expect(shrinkage).toBeCloseTo(peer.ledoit_wolf_shrinkage, 12)
    expectMatrix(covariance, peer.ledoit_wolf_cov, 1e-12)
  })
})

describe('covariances by hand', () => {
  it('two days of ±1 and ±2 covary by 4 with divisor n − 1', () => {
    expect(sampleCovariance([Float64Array.of(1, -1), Float64Array.of(2, -2)])).toEqual(Float64Array.of(2, 4, 4, 8))
  })

  it('an EWMA without warm-up starts at the mean square of all days', () => {
    // (1 + 9)/2 = 5; 0.5·5 + 0.5·1 = 3; 0.5·3 + 0.5·9 = 6.
    expect(ewmaCovariance([Float64Array.of(1, 3)], 0.5)[0]).toBe(6)
  })
})
