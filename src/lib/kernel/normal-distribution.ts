import { erfc } from './erf.js'

const SQRT_2_PI = 2.50662827463100050242

/** Density of the standard normal. */
export function normalPdf(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2_PI
}

/** P(Z ≤ x) of the standard normal, with full relative precision in the lower tail. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2)
}

// M. J. Wichura (1988), "Algorithm AS 241: The Percentage Points of the Normal Distribution", routine PPND16.
const CENTRE_P = [
  2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
  1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
]
const CENTRE_Q = [
  5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
  687.1870074920579083, 42.313330701600911252, 1,
]
const MIDDLE_P = [
  7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
]
const MIDDLE_Q = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
  0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
]
const TAIL_P = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
  0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
]
const TAIL_Q = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
]

function ratio(p: readonly number[], q: readonly number[], x: number): number {
  let above = 0
  let below = 0
  for (let i = 0; i < p.length; i++) {
    above = above * x + p[i]
    below = below * x + q[i]
  }
  return above / below
}

/** Quantile of the standard normal, about 16 digits; ∓∞ at 0 and 1, NaN outside. */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return Number.NaN
  const fromCentre = probability - 0.5
  if (Math.abs(fromCentre) <= 0.425) {
    return fromCentre * ratio(CENTRE_P, CENTRE_Q, 0.180625 - fromCentre * fromCentre)
  }
  const tail = fromCentre < 0 ? probability : 1 - probability
  if (tail === 0) return fromCentre < 0 ? -Infinity : Infinity
  const depth = Math.sqrt(-Math.log(tail))
  const size = depth <= 5 ? ratio(MIDDLE_P, MIDDLE_Q, depth - 1.6) : ratio(TAIL_P, TAIL_Q, depth - 5)
  return fromCentre < 0 ? -size : size
}
