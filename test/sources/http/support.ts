import type { HttpPolicy } from '../../../src/lib/sources/http/http-policy.js'

/** Patience for tests: four attempts, a millisecond apart. */
export const quickPolicy: HttpPolicy = {
  attemptTimeoutMs: 2000,
  retries: 3,
  firstDelayMs: 1,
  delayFactor: 1,
  maxDelayMs: 1,
  maxRetryAfterMs: 2,
  jitterFraction: 0,
  maxBodyBytes: 100_000,
  requestsPerSecond: 10_000,
  burst: 100,
}
