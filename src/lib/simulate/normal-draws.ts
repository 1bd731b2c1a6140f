import type { Rng } from '../kernel/rng.js'
import { portableLog } from './portable-log.js'

/**
 * Standard normal draws from a seeded stream, Marsaglia's polar method on {@link portableLog}: the same bits on every
 * engine, which `Math.log` does not promise. Marsaglia & Bray (1964).
 */
export function normalDraws(rng: Rng): () => number {
  let spare = Number.NaN
  return () => {
    if (!Number.isNaN(spare)) {
      const value = spare
      spare = Number.NaN
      return value
    }
    for (;;) {
      const u = 2 * rng.uniform() - 1
      const v = 2 * rng.uniform() - 1
      const square = u * u + v * v
      if (square >= 1 || square === 0) continue
      const scale = Math.sqrt((-2 * portableLog(square)) / square)
      spare = v * scale
      return u * scale
    }
  }
}
