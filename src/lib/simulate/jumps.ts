import type { Rng } from '../kernel/rng.js'
import { normalDraws } from './normal-draws.js'

/** A compound Poisson process: how often, and how large in log points of the second contract. */
export interface Jumps {
  readonly perYear: number
  readonly mean: number
  readonly sd: number
}

/** Variance that jumps add in a year: λ(μ² + σ²), in squared log points. */
export function jumpVariancePerYear(jumps: Jumps): number {
  return jumps.perYear * (jumps.mean * jumps.mean + jumps.sd * jumps.sd)
}

/** λμ: the drift that jumps would add, which the simulator takes back so that they carry no trend. Log points per year. */
export function jumpDriftPerYear(jumps: Jumps): number {
  return jumps.perYear * jumps.mean
}

/**
 * Daily draws of the process, at most one jump a day (at 3 a year two on one day would come once in 60 years).
 * @param yearsPerStep length of a day in years
 * @returns log points, 0 on most days
 */
export function jumpDraws(jumps: Jumps, yearsPerStep: number, rng: Rng): () => number {
  const normal = normalDraws(rng)
  const probability = jumps.perYear * yearsPerStep
  return () => (rng.uniform() < probability ? jumps.mean + jumps.sd * normal() : 0)
}
