import type { Clock } from '../../runtime/clock.js'

export interface TokenBucketOptions {
  /** Tokens that flow in each second. */
  readonly perSecond: number
  /** Tokens that a full bucket holds. */
  readonly burst: number
  readonly clock: Pick<Clock, 'monotonicMs'>
}

/**
 * Says how many milliseconds the next request has to wait, and takes its token: whoever asks first goes first.
 * Kept as the time at which the bucket would be full again (generic cell rate algorithm, ITU-T I.371).
 */
export function createTokenBucket({ perSecond, burst, clock }: TokenBucketOptions): () => number {
  const intervalMs = 1000 / perSecond
  let fullAtMs = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock.monotonicMs()
    const from = Math.max(fullAtMs, now)
    fullAtMs = from + intervalMs
    return Math.max(0, from - (burst - 1) * intervalMs - now)
  }
}
