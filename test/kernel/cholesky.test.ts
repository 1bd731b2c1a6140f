import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cholesky } from '../../src/lib/kernel/cholesky.js'

describe('cholesky', () => {
  it('of [[4, 2], [2, 5]] is [[2, 0], [1, 2]]', () => {
    expect([...cholesky(Float64Array.of(4, 2, 2, 5), 2)]).toEqual([2, 0, 1, 2])
  })

  it('gives back B·Bᵀ + I for any B', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 16, maxLength: 16 }), (b) => {
        const n = 4
        const matrix = new Float64Array(n * n)
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++) matrix[i * n + j] += b[i * n + k] * b[j * n + k]
            if (i === j) matrix[i * n + j] += 1
          }
        }
        const lower = cholesky(matrix, n)
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let product = 0
            for (let k = 0; k < n; k++) product += lower[i * n + k] * lower[j * n + k]
            expect(Math.abs(product - matrix[i * n + j])).toBeLessThan(1e-10)
          }
        }
      }),
      { seed: 1 },
    )
  })

  it('refuses correlations that contradict each other: .9, .9 and −.9', () => {
    const impossible = Float64Array.of(1, 0.9, 0.9, 0.9, 1, -0.9, 0.9, -0.9, 1)
    expect(() => cholesky(impossible, 3)).toThrow(/not positive definite: pivot 3 of 3/)
  })
})
