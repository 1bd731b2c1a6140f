import { likelihoodRatio, type LikelihoodRatio } from './likelihood-ratio.js'

const LAGS = 4

/**
 * Can exceptions be foreseen? Hit − p regressed on a constant, four earlier hits and the day's VaR:
 * DQ = H'X(X'X)⁻¹X'H ÷ (p(1 − p)) ~ χ²(6). R. Engle, S. Manganelli (2004), "CAViaR".
 * The projection goes over orthogonalised columns, so that a VaR in millions does not drown the hits.
 * @returns null where the columns do not vary apart: no exceptions, or a constant VaR
 */
export function dynamicQuantile(
  hits: ArrayLike<boolean | number>,
  varUsd: Float64Array,
  tail: number,
): LikelihoodRatio | null {
  const n = hits.length - LAGS
  if (n <= LAGS + 2) return null
  const hit = Float64Array.from({ length: hits.length }, (_, i) => (hits[i] ? 1 : 0) - tail)
  const target = hit.subarray(LAGS)
  const columns = [
    new Float64Array(n).fill(1),
    ...Array.from({ length: LAGS }, (_, lag) => hit.slice(LAGS - 1 - lag, hit.length - 1 - lag)),
    varUsd.slice(LAGS),
  ]
  let explained = 0
  const basis: Float64Array[] = []
  for (const column of columns) {
    const before = dot(column, column)
    const rest = column.slice()
    for (let pass = 0; pass < 2; pass++) {
      for (const unit of basis) {
        const along = dot(unit, rest)
        for (let i = 0; i < n; i++) rest[i] -= along * unit[i]
      }
    }
    const size = dot(rest, rest)
    if (!(size > 1e-20 * before)) return null
    const unit = rest.map((value) => value / Math.sqrt(size))
    basis.push(unit)
    explained += dot(unit, target) ** 2
  }
  return likelihoodRatio(explained / (tail * (1 - tail)), columns.length)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
