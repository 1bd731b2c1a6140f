import pRetry from 'p-retry'
import { ContangoError } from '../../kernel/errors.js'
import type { Rng } from '../../kernel/rng.js'
import type { Clock } from '../../runtime/clock.js'
import { abortableSleep } from '../http/abortable-sleep.js'
import { AttemptFailed } from '../http/attempt-failed.js'
import { backOffMs } from '../http/back-off.js'
import type { HttpPolicy } from '../http/http-policy.js'
import { createTokenBucket } from '../http/token-bucket.js'
import { createExchange, type Certificates } from './https-exchange.js'
import { liveUpdates, readEnvelope } from './schema.js'
import { splitByBytes } from './split-by-bytes.js'
import type { BloombergTransport } from './transport.js'

export interface HttpTransportOptions {
  readonly host: string
  readonly port: number
  readonly certificates: Certificates | null
  readonly maxRequestBytes: number
  /** How long a poll for ticks may stay open. */
  readonly pollMs: number
  readonly policy: HttpPolicy
  readonly clock: Clock
  readonly rng: Rng | null
  readonly signal: AbortSignal
  readonly log: (event: Readonly<Record<string, unknown>>) => void
  readonly warn: (code: string, message: string) => void
}

/** Unsubscribing on the way out must not hold up the end of the run. */
const FAREWELL_MS = 500

/** A blpapi-http server: requests one after another within its rate, ticks by long polls. */
export function createHttpTransport(options: HttpTransportOptions): BloombergTransport {
  const { host, port, policy, clock, rng, log, maxRequestBytes, pollMs } = options
  const exchange = createExchange({
    host,
    port,
    certificates: options.certificates,
    maxBodyBytes: policy.maxBodyBytes,
    maxRetryAfterMs: policy.maxRetryAfterMs,
    clock,
    warn: options.warn,
  })
  const waitForToken = createTokenBucket({ perSecond: policy.requestsPerSecond, burst: policy.burst, clock })

  /** Asks until it answers, as the policy allows. */
  async function ask(path: string, body: string, signal: AbortSignal): Promise<unknown> {
    let failed = 0
    try {
      return await pRetry(
        async () => {
          await abortableSleep(waitForToken(), signal)
          const startedMs = clock.monotonicMs()
          const json = await exchange.send('POST', path, body, policy.attemptTimeoutMs, signal)
          log({ event: 'answer', path, attempt: failed + 1, ms: Math.round(clock.monotonicMs() - startedMs) })
          if (json === null) throw noAnswer(host, port)
          return json
        },
        {
          retries: policy.retries,
          minTimeout: 0,
          maxTimeout: 0,
          shouldRetry: ({ error }) => error instanceof AttemptFailed,
          onFailedAttempt: async ({ error, retriesLeft }) => {
            signal.throwIfAborted()
            if (!(error instanceof AttemptFailed) || retriesLeft === 0) return
            failed++
            const waitMs = error.retryAfterMs ?? backOffMs(policy, failed, rng)
            log({ event: 'retry', path, attempt: failed, waitMs, reason: error.message })
            await abortableSleep(waitMs, signal)
          },
        },
      )
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof AttemptFailed ? error.final : error
    }
  }

  return {
    name: `blpapi-http at ${host}:${port}`,
    maxRequestBytes,
    async request(type, body) {
      const path = `/request?ns=blp&service=refdata&type=${type}`
      return readEnvelope(await ask(path, JSON.stringify(body), options.signal))
    },
    async *subscribe(subscriptions, signal) {
      const stop = (within: AbortSignal): Promise<unknown> =>
        exchange.send('POST', '/subscription?action=stop', '{"correlationIds":[]}', FAREWELL_MS, within)
      // The server keeps a session per client certificate: what an earlier run left subscribed would clash.
      await stop(signal).catch(() => signal.throwIfAborted())
      try {
        for (const part of splitByBytes(subscriptions, (list) => list, maxRequestBytes)) {
          readEnvelope(await ask('/subscription?action=start', JSON.stringify(part), signal))
        }
        yield []
        for (let pollId = 0; ;) {
          const json = await exchange.send('GET', `/subscription?pollid=${pollId}`, null, pollMs, signal)
          if (json === null) continue // nothing ticked: the same poll again
          pollId++ // acknowledges what came
          yield liveUpdates(readEnvelope(json))
        }
      } catch (error) {
        signal.throwIfAborted()
        throw error instanceof AttemptFailed ? error.final : error
      } finally {
        await stop(AbortSignal.timeout(FAREWELL_MS)).catch(() => undefined)
      }
    },
    async close() {
      exchange.close()
    },
  }
}

function noAnswer(host: string, port: number): AttemptFailed {
  return new AttemptFailed(
    new ContangoError('source', 'TIMEOUT', `blpapi-http at ${host}:${port} gave up waiting for Bloomberg`, 'try later'),
  )
}
