import { incompleteBeta } from './incomplete-beta.js'
import { logGamma } from './log-gamma.js'
import { normalQuantile } from './normal-distribution.js'

/** Density of Student's t with `nu` degrees of freedom. */
export function studentTPdf(x: number, nu: number): number {
  return Math.exp(studentTLogNormaliser(nu) - ((nu + 1) / 2) * Math.log1p((x * x) / nu))
}

/** ln Γ((ν+1)/2) − ln Γ(ν/2) − ½ ln(νπ): the density's constant. */
export function studentTLogNormaliser(nu: number): number {
  return logGamma((nu + 1) / 2) - logGamma(nu / 2) - 0.5 * Math.log(nu * Math.PI)
}

/** P(T ≤ x), with full relative precision in the lower tail. */
export function studentTCdf(x: number, nu: number): number {
  if (!(nu > 0) || Number.isNaN(x)) return Number.NaN
  if (x > 0) return 1 - studentTCdf(-x, nu)
  const square = x * x
  const [near, far] = [nu / (nu + square), square / (nu + square)]
  return square < 0.25
    ? 0.5 - 0.5 * incompleteBeta(0.5, nu / 2, far, near)
    : 0.5 * incompleteBeta(nu / 2, 0.5, near, far)
}

/**
 * Quantile of Student's t: Newton on ln P against ln |t|, nearly a straight line in the tail, kept inside a bracket.
 * @returns NaN for nu ≤ 0 or a probability outside 0 to 1
 */
export function studentTQuantile(probability: number, nu: number): number {
  if (!(nu > 0) || !(probability >= 0 && probability <= 1)) return Number.NaN
  if (probability === 0.5) return 0
  if (probability > 0.5) return -studentTQuantile(1 - probability, nu)
  if (probability === 0) return -Infinity
  if (nu === 1) return -1 / Math.tan(Math.PI * probability)
  if (nu === 2) return (2 * probability - 1) / Math.sqrt(2 * probability * (1 - probability))
  let low = 0 // sizes |t|: P is above the wanted at `low`, below it at `high`
  let high = Infinity
  let size = Math.max(Math.abs(normalQuantile(probability)), 1e-12)
  for (let i = 0; i < 200; i++) {
    const cdf = studentTCdf(-size, nu)
    if (cdf > probability) low = size
    else high = size
    const slope = (-studentTPdf(size, nu) * size) / cdf
    let next = size * Math.exp(Math.log(probability / cdf) / slope)
    if (!(next >= low && next <= high)) next = high === Infinity ? 2 * size : (low + high) / 2
    const moved = Math.abs(next - size)
    size = next
    if (moved <= 2e-16 * size || cdf === probability) break
  }
  return -size
}
