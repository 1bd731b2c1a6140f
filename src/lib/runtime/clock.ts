/** The only wall clock: the run ledger, the disk cache and rate limits use it; answers never do. */
export const clock = {
  /** Milliseconds since 1970-01-01 UTC. */
  nowMs: (): number => Date.now(),
  /** Milliseconds since some fixed moment; never goes backwards. */
  monotonicMs: (): number => performance.now(),
}

export type Clock = typeof clock
