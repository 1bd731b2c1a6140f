import type { Rng } from '../../kernel/rng.js'
import type { HttpPolicy } from './http-policy.js'

/**
 * The wait before the next attempt: first × factor^(failed − 1), at most `maxDelayMs`, less a share of it drawn from
 * `rng` (without one, nothing is drawn).
 * @param failed attempts that have failed so far, ≥ 1
 */
export function backOffMs(policy: HttpPolicy, failed: number, rng: Rng | null): number {
  const full = Math.min(policy.firstDelayMs * policy.delayFactor ** (failed - 1), policy.maxDelayMs)
  return full * (1 - policy.jitterFraction * (rng?.uniform() ?? 0))
}
