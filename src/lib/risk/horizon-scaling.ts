import { mean } from '../kernel/moments.js'

/** How one day becomes the horizon for the methods that know one day only. */
export const SCALINGS = ['sqrt', 'ar1', 'overlapping'] as const
export type Scaling = (typeof SCALINGS)[number]

/** Correlation of each value with the one before it, both with their own mean. */
export function lagOneCorrelation(values: Float64Array): number {
  const earlier = values.subarray(0, -1)
  const later = values.subarray(1)
  const [a, b] = [mean(earlier), mean(later)]
  let cross = 0
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < later.length; i++) {
    cross += (earlier[i] - a) * (later[i] - b)
    squaresA += (earlier[i] - a) ** 2
    squaresB += (later[i] - b) ** 2
  }
  return cross / Math.sqrt(squaresA * squaresB)
}

/**
 * Standard deviation of h days over that of one, where days follow an AR(1): √(h + 2Σ_{i=1}^{h−1}(h − i)ρ^i); √h for ρ = 0.
 */
export function deviationFactor(days: number, correlation: number): number {
  let sum = days
  for (let i = 1; i < days; i++) sum += 2 * (days - i) * correlation ** i
  return Math.sqrt(sum)
}

/** Sums over every run of `days` consecutive values: n − days + 1 of them, neighbours sharing all but one day. */
export function overlappingSums(values: Float64Array, days: number): Float64Array {
  const sums = new Float64Array(Math.max(0, values.length - days + 1))
  for (let i = 0; i < sums.length; i++) {
    for (let k = 0; k < days; k++) sums[i] += values[i + k]
  }
  return sums
}
