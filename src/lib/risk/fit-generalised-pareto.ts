import { mean, sampleSd } from '../kernel/moments.js'
import { nelderMead, type Minimum } from '../kernel/nelder-mead.js'

export interface ParetoFit {
  /** Shape: 0 is exponential, above 0 a power tail. */
  readonly xi: number
  /** Scale, in the unit of the excesses. */
  readonly beta: number
  readonly negativeLogLikelihood: number
  readonly converged: boolean
}

/** Probability-weighted moments of the generalised Pareto. J. R. M. Hosking, J. R. Wallis (1987). */
export function paretoByWeightedMoments(ascending: ArrayLike<number>): { xi: number; beta: number } {
  const n = ascending.length
  const first = mean(ascending)
  let weighted = 0
  for (let i = 0; i < n; i++) weighted += ((1 - (i + 0.65) / n) * ascending[i]) / n
  const gap = first - 2 * weighted
  return { xi: 2 - first / gap, beta: (2 * first * weighted) / gap }
}

/** Moments of the generalised Pareto: ξ = ½(1 − m²/s²), β = ½m(1 + m²/s²). */
export function paretoByMoments(values: ArrayLike<number>): { xi: number; beta: number } {
  const m = mean(values)
  const ratio = (m / sampleSd(values)) ** 2
  return { xi: 0.5 * (1 - ratio), beta: 0.5 * m * (1 + ratio) }
}

/**
 * Maximum likelihood of the generalised Pareto on excesses over a threshold, from several starts: from one start alone the
 * search can stop at an exponential tail.
 */
export function fitGeneralisedPareto(excesses: Float64Array): ParetoFit {
  const n = excesses.length
  const unit = mean(excesses)
  const scaled = Float64Array.from(excesses, (value) => value / unit).sort()
  const objective = (p: Float64Array): number => {
    const xi = p[0]
    const beta = Math.exp(p[1])
    if (xi < -1) return Infinity // below −1 the likelihood grows without bound at the largest loss
    let sum = 0
    for (let i = 0; i < n; i++) {
      if (Math.abs(xi) < 1e-9) sum += scaled[i] / beta
      else {
        const term = 1 + (xi * scaled[i]) / beta
        if (!(term > 0)) return Infinity
        sum += (1 + 1 / xi) * Math.log(term)
      }
    }
    return n * p[1] + sum
  }
  const starts = [
    paretoByWeightedMoments(scaled),
    paretoByMoments(scaled),
    { xi: 0.1, beta: 0.9 },
    { xi: 0.5, beta: 0.6 },
  ]
  let best: Minimum | null = null
  for (const { xi, beta } of starts) {
    if (!Number.isFinite(xi) || !(beta > 0)) continue
    const found = nelderMead(objective, [xi, Math.log(beta)], { steps: [0.1, 0.1], tolerance: 1e-13 })
    if (found.value < Infinity && (best === null || found.value < best.value)) best = found
  }
  if (best === null) return { xi: Number.NaN, beta: Number.NaN, negativeLogLikelihood: Number.NaN, converged: false }
  return {
    xi: best.point[0],
    beta: unit * Math.exp(best.point[1]),
    negativeLogLikelihood: best.value + n * Math.log(unit),
    converged: best.converged && best.point[0] > -0.9,
  }
}
