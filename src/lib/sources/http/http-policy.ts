/** How patient and how polite the client is towards one vendor. */
export interface HttpPolicy {
  /** One attempt, from connecting to the last byte of the body. */
  readonly attemptTimeoutMs: number
  /** After the first attempt. */
  readonly retries: number
  readonly firstDelayMs: number
  /** Each delay is this many times the one before … */
  readonly delayFactor: number
  /** … up to this. */
  readonly maxDelayMs: number
  /** A Retry-After beyond this is cut to it. */
  readonly maxRetryAfterMs: number
  /** Share of a delay that the jitter may take off it, 0 to 1. */
  readonly jitterFraction: number
  /** After decompression. */
  readonly maxBodyBytes: number
  readonly requestsPerSecond: number
  /** Requests that may go out at once after a pause. */
  readonly burst: number
}
