import type { EiaSection } from '../../config/sections/eia.js'
import type { HttpPolicy } from '../http/http-policy.js'

/** The `http` part of `config/eia.yaml` in the client's units. */
export function httpPolicy({ http }: EiaSection): HttpPolicy {
  return {
    attemptTimeoutMs: http.attemptTimeoutSeconds * 1000,
    retries: http.retries,
    firstDelayMs: http.firstDelaySeconds * 1000,
    delayFactor: http.delayFactor,
    maxDelayMs: http.maxDelaySeconds * 1000,
    maxRetryAfterMs: http.maxRetryAfterSeconds * 1000,
    jitterFraction: http.jitterFraction,
    maxBodyBytes: http.maxBodyMegabytes * 1e6,
    requestsPerSecond: http.requestsPerSecond,
    burst: http.burst,
  }
}
