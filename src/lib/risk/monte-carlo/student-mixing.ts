import { logGamma } from '../../kernel/log-gamma.js'
import { chiSquareSurvival } from '../../kernel/chi-square-distribution.js'
import { normalCdf } from '../../kernel/normal-distribution.js'

const REACH = 7
const STEPS_PER_UNIT = 32
const NODES = 2 * REACH * STEPS_PER_UNIT + 1

/**
 * ln √((ν − 2) ÷ χ²_ν) at the quantile of χ² that has the probability of a normal z, for z from −7 to 7 in steps of 1/32:
 * the factor that turns multivariate normals into a Student-t of the same covariance. One more normal, drawn or from
 * Sobol, so becomes the χ² of a scenario.
 */
export function studentMixingTable(degreesOfFreedom: number): Float64Array {
  return Float64Array.from({ length: NODES }, (_, node) => {
    const z = node / STEPS_PER_UNIT - REACH
    return 0.5 * (Math.log(degreesOfFreedom - 2) - lnChiSquareAt(z, degreesOfFreedom))
  })
}

/** The factor at z, by the cubic through the four nodes around it; beyond ±7 (one draw in 4 × 10¹¹) that of the end. */
export function studentMixing(table: Float64Array, z: number): number {
  const at = Math.max(1, Math.min(NODES - 3, (z + REACH) * STEPS_PER_UNIT))
  const node = Math.floor(at)
  const t = at - node
  const a = table[node - 1]
  const b = table[node]
  const c = table[node + 1]
  const d = table[node + 2]
  const cubic =
    (-t * (t - 1) * (t - 2) * a) / 6 +
    ((t + 1) * (t - 1) * (t - 2) * b) / 2 -
    ((t + 1) * t * (t - 2) * c) / 2 +
    ((t + 1) * t * (t - 1) * d) / 6
  return Math.exp(cubic)
}

/** ln x with P(χ² ≤ x) = Φ(z), by bisection on ln x; each half by the tail that keeps its digits. */
function lnChiSquareAt(z: number, degrees: number): number {
  const tail = normalCdf(-Math.abs(z))
  let low = -120
  let high = Math.log(degrees + 200)
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    const x = Math.exp(middle)
    const above = z < 0 ? lowerTail(x, degrees) > tail : chiSquareSurvival(x, degrees) < tail
    if (above) high = middle
    else low = middle
  }
  return (low + high) / 2
}

/** P(χ² ≤ x) by its series, with full relative precision far below the mean. */
function lowerTail(x: number, degrees: number): number {
  const a = degrees / 2
  const half = x / 2
  let term = 1
  let sum = 1
  for (let k = 1; k < 2000 && term > sum * 1e-17; k++) {
    term *= half / (a + k)
    sum += term
  }
  return Math.exp(a * Math.log(half) - half - logGamma(a + 1)) * sum
}
