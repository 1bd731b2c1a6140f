import { describe, expect, it } from 'vitest'
import { symmetricEigen } from '../../src/lib/kernel/symmetric-eigen.js'
import { sampleCovariance } from '../../src/lib/risk/monte-carlo/covariance.js'
import { golden, goldenColumns } from '../support/golden.js'

describe('symmetricEigen', () => {
  it('of [[2, 1], [1, 2]] has 3 along (1, 1) and 1 across', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
    const half = Math.SQRT1_2
    ;[3, 1].forEach((value, k) => expect(values[k]).toBeCloseTo(value, 14))
    ;[half, half].forEach((value, i) => expect(vectors[i]).toBeCloseTo(value, 14))
    expect(vectors[2]).toBeCloseTo(-vectors[3], 14)
  })

  it('equals the peers on the correlations of eight markets', () => {
    const { pearson, eig_corr } = golden<{ pearson: number[][]; eig_corr: number[] }>('risk/correlations.json')
    const { values } = symmetricEigen(Float64Array.from(pearson.flat()), 8)
    eig_corr.forEach((value, k) => expect(values[k]).toBeCloseTo(value, 12))
  })

  it('equals the peers on the daily changes of twelve WTI ranks: eigenvalues and the first three loadings', () => {
    const { diff_cov } = golden<{ diff_cov: { eigenvalues: number[]; loadings_first3: number[][] } }>(
      'risk/pca_curve.json',
    )
    const curve = goldenColumns('risk/dataset_curve.csv')
    const changes = Array.from({ length: 12 }, (_, at) => {
      const column = curve[`CL${String(at + 1).padStart(2, '0')}`]
      return Float64Array.from(column.subarray(1), (value, i) => value - column[i])
    })
    const { values, vectors } = symmetricEigen(sampleCovariance(changes), 12)
    diff_cov.eigenvalues.forEach((value, k) => expect(values[k] / value).toBeCloseTo(1, 10))
    diff_cov.loadings_first3.forEach((loadings, k) =>
      loadings.forEach((loading, i) => expect(vectors[k * 12 + i]).toBeCloseTo(loading, 8)),
    )
  })

  it('refuses a matrix with a NaN', () => {
    expect(() => symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2)).toThrow('no finite number')
  })
})
