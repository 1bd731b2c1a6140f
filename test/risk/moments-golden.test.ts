import { describe, expect, it } from 'vitest'
import { mean, sampleSd } from '../../src/lib/kernel/moments.js'
import { sampleQuantile, type QuantileType } from '../../src/lib/kernel/sample-quantile.js'
import { adjustedShape, shapeOf } from '../../src/lib/kernel/shape.js'
import { deviationFactor, lagOneCorrelation, overlappingSums } from '../../src/lib/risk/horizon-scaling.js'
import {
  archTest,
  autocorrelations,
  jarqueBera,
  ljungBox,
  partialAutocorrelations,
} from '../../src/lib/risk/pnl-diagnostics.js'
import { golden } from '../support/golden.js'
import { differences, logReturns, PRICES, simpleReturns } from './samples.js'

interface Moments {
  readonly [figure: string]: unknown
  readonly n: number
  readonly acf: number[]
  readonly acf_sq: number[]
  readonly pacf_ywm: number[]
  readonly lb_stat: number[]
  readonly lb_p: number[]
  readonly lb2_stat: number[]
  readonly lb2_p: number[]
  readonly quantiles: Record<string, Record<string, number>>
}

const peers = golden<Record<string, Moments>>('risk/moments.json')
const LAGS = [5, 10, 20]

function samplesOf(name: string): Float64Array {
  const [column, kind] = name.split('_')
  const prices = PRICES[column]
  return kind === 'simple' ? simpleReturns(prices) : kind === 'diff' ? differences(prices) : logReturns(prices)
}

function expectRelative(actual: number, expected: unknown, tolerance: number, what: string): void {
  const peer = Number(expected)
  expect(Math.abs(actual - peer), `${what}: ${actual}, peer ${peer}`).toBeLessThanOrEqual(
    tolerance * Math.max(Math.abs(peer), 1e-12),
  )
}

describe.each(Object.keys(peers))('moments of %s equal SciPy and statsmodels to 1e-9', (name) => {
  const values = samplesOf(name)
  const peer = peers[name]

  it('mean, deviation, skewness, kurtosis, Jarque–Bera', () => {
    expect(values.length).toBe(peer.n)
    const shape = shapeOf(values)
    expectRelative(mean(values), peer['mean'], 1e-9, 'mean')
    expectRelative(sampleSd(values), peer['sd_n1'], 1e-9, 'sd')
    expectRelative(shape.sdPopulation, peer['sd_n'], 1e-9, 'population sd')
    expectRelative(shape.skewness, peer['skew_biased'], 1e-9, 'skewness')
    expectRelative(shape.excessKurtosis, peer['exkurt_biased'], 1e-9, 'kurtosis')
    const adjusted = adjustedShape(values.length, shape)
    expectRelative(adjusted.skewness ?? Number.NaN, peer['skew_adj_G1'], 1e-9, 'G1')
    expectRelative(adjusted.excessKurtosis ?? Number.NaN, peer['exkurt_adj_G2'], 1e-9, 'G2')
    expectRelative(Math.min(...values), peer['min'], 1e-9, 'least')
    expectRelative(Math.max(...values), peer['max'], 1e-9, 'greatest')
    const test = jarqueBera(values.length, shape.skewness, shape.excessKurtosis)
    expectRelative(test.statistic, peer['jb'], 1e-9, 'JB')
    expectRelative(test.p, peer['jb_p'], 1e-6, 'JB p')
  })

  it('autocorrelation and Ljung–Box, of values and squares', () => {
    const centre = mean(values)
    const squares = values.map((value) => (value - centre) ** 2)
    autocorrelations(values, 10).forEach((rho, i) => expect(rho).toBeCloseTo(peer.acf[i + 1], 10))
    // Lag 0, which we do not list, is 1.
    expect([peer.acf[0], peer.acf_sq[0], peer.pacf_ywm[0]]).toEqual([1, 1, 1])
    const raw = values.map((value) => value * value)
    autocorrelations(raw, 10).forEach((rho, i) => expect(rho).toBeCloseTo(peer.acf_sq[i + 1], 10))
    partialAutocorrelations(autocorrelations(values, 10)).forEach((rho, i) =>
      expect(rho).toBeCloseTo(peer.pacf_ywm[i + 1], 10),
    )
    const arch = archTest(values, 5)
    expectRelative(arch?.statistic ?? Number.NaN, peer['archlm5'], 1e-8, 'ARCH')
    expectRelative(arch?.p ?? Number.NaN, peer['archlm5_p'], 1e-6, 'ARCH p')
    peer.lb_stat.forEach((statistic, i) => {
      const lags = LAGS[i]
      expectRelative(ljungBox(values, lags).statistic, statistic, 1e-9, `Ljung–Box ${lags}`)
      expectRelative(ljungBox(values, lags).p, peer.lb_p[i], 1e-8, `Ljung–Box ${lags} p`)
      expectRelative(ljungBox(squares, lags).statistic, peer.lb2_stat[i], 1e-9, `squares ${lags}`)
      expectRelative(ljungBox(squares, lags).p, peer.lb2_p[i], 1e-7, `squares ${lags} p`)
    })
  })

  it('quantiles by eight definitions', () => {
    const ascending = values.slice().sort()
    for (const [type, figures] of Object.entries(peer.quantiles)) {
      for (const [p, value] of Object.entries(figures)) {
        const own = sampleQuantile(ascending, Number(p), type.replaceAll('_', '-') as QuantileType)
        expectRelative(own, value, 1e-9, `${type} ${p}`)
      }
    }
  })
})

describe('horizon scaling', () => {
  it('equals its peers: AR(1) factor and the deviation of overlapping ten-day sums', () => {
    const peer = golden<Record<string, number>>('risk/scaling.json')
    const values = logReturns(PRICES['CL'])
    expectRelative(lagOneCorrelation(values), peer['rho1'], 1e-9, 'rho')
    expectRelative(deviationFactor(10, 0), peer['factor_iid'], 1e-12, 'iid')
    expectRelative(deviationFactor(10, peer['rho1']), peer['factor_ar1'], 1e-9, 'AR(1)')
    expectRelative(sampleSd(overlappingSums(values, 10)), peer['sd_overlap10'], 1e-9, 'overlapping')
    expectRelative(sampleSd(values), peer['sd1'], 1e-9, 'one day')
    expect(peer['h']).toBe(10)
    // The peer's file names a variance ratio and gives none.
    expect(peer['variance_ratio10']).toBeNull()
  })

  it('two days with correlation 0.5: √(2 + 2·0.5) = √3', () => {
    expect(deviationFactor(2, 0.5)).toBeCloseTo(Math.sqrt(3), 14)
    expect(Array.from(overlappingSums(Float64Array.of(1, 2, 3, 4), 3))).toEqual([6, 9])
  })
})
