import { explainedSquares } from '../../kernel/explained-squares.js'
import { likelihoodRatio, type LikelihoodRatio } from './likelihood-ratio.js'

const LAGS = 4

/**
 * Can exceptions be foreseen? Hit − p regressed on a constant, four earlier hits and the day's VaR:
 * DQ = H'X(X'X)⁻¹X'H ÷ (p(1 − p)) ~ χ²(6). R. Engle, S. Manganelli (2004), "CAViaR".
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
  const explained = explainedSquares(columns, target)
  if (explained === null) return null
  return likelihoodRatio(explained / (tail * (1 - tail)), columns.length)
}
