import type { Rng } from '../kernel/rng.js'
import { normalDraws } from './normal-draws.js'
import { portableLog } from './portable-log.js'

/**
 * The factor that turns unit normals into unit-variance Student-t shocks: √((ν − 2) / χ²ν), mean square 1.
 *
 * χ²ν = 2·Gamma(ν/2) by Marsaglia & Tsang (2000). One call of `next()` opens a day; every `factor(ν)` of that day walks
 * the same candidates, so that products with different ν have their wild days together, as oil has. With one mixing
 * variable per product the tails would be independent and the correlations too low.
 */
export function studentMixing(rng: Rng): { next(): void; factor(degreesOfFreedom: number): number } {
  const normal = normalDraws(rng)
  let candidates: { x: number; logUniform: number }[] = []
  const candidate = (i: number): { x: number; logUniform: number } => {
    while (candidates.length <= i) candidates.push({ x: normal(), logUniform: portableLog(rng.uniform() || 2 ** -54) })
    return candidates[i]
  }
  return {
    next() {
      candidates = []
    },
    factor(degreesOfFreedom) {
      const d = degreesOfFreedom / 2 - 1 / 3
      const c = 1 / Math.sqrt(9 * d)
      for (let i = 0; ; i++) {
        const { x, logUniform } = candidate(i)
        const root = 1 + c * x
        if (root <= 0) continue
        const v = root * root * root
        if (logUniform < 0.5 * x * x + d - d * v + d * portableLog(v)) {
          return Math.sqrt((degreesOfFreedom - 2) / (2 * d * v))
        }
      }
    },
  }
}
