import { logGamma } from './log-gamma.js'

const TINY = 1e-300
const EPSILON = 1e-16

/**
 * Upper regularised incomplete gamma Q(a, x) = Γ(a, x) ÷ Γ(a): the series below a + 1, Lentz's continued fraction above,
 * so that the tail keeps its relative precision. The lower one is 1 − Q.
 * @returns NaN for a ≤ 0 or x < 0
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN
  if (x === 0) return 1
  if (x === Infinity) return 0
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let k = 1; k < 10_000 && term > sum * EPSILON; k++) {
      term *= x / (a + k)
      sum += term
    }
    return 1 - front * sum
  }
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let k = 1; k < 10_000; k++) {
    const numerator = -k * (k - a)
    b += 2
    d = 1 / nonZero(numerator * d + b)
    c = nonZero(b + numerator / c)
    const step = c * d
    fraction *= step
    if (Math.abs(step - 1) < EPSILON * 4) break
  }
  return front * fraction
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
