import { LN2_HIGH, LN2_LOW } from './portable-exp.js'

const SQRT_HALF = Math.sqrt(0.5)

/**
 * Natural logarithm from the four operations alone, the partner of `portableExp` and for the same reason.
 * x = m·2^k with m in [√½, √2), ln m = 2·artanh((m − 1)/(m + 1)) as a series: relative error below 4e-16 away from 1.
 * @param x normal and > 0; NaN otherwise
 */
export function portableLog(x: number): number {
  if (!(x > 0 && x < Infinity)) return Number.NaN
  let k = 0
  let m = x
  while (m >= 2) {
    m /= 2
    k++
  }
  while (m < SQRT_HALF) {
    m *= 2
    k--
  }
  if (m >= 2 * SQRT_HALF) {
    m /= 2
    k++
  }
  const s = (m - 1) / (m + 1)
  const square = s * s
  let sum = 1 / 23
  for (let n = 21; n >= 1; n -= 2) sum = sum * square + 1 / n
  return k * LN2_HIGH + (k * LN2_LOW + 2 * s * sum)
}
