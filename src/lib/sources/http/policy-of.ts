import type { HttpSection } from '../../config/http-section.js'
import type { HttpPolicy } from './http-policy.js'

/** The `http` part of a vendor's configuration in the client's units. */
export function policyOf(http: HttpSection): HttpPolicy {
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
