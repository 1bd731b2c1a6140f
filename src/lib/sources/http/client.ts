import pRetry from 'p-retry'
import { ContangoError } from '../../kernel/errors.js'
import type { Rng } from '../../kernel/rng.js'
import type { Clock } from '../../runtime/clock.js'
import { abortableSleep } from './abortable-sleep.js'
import { AttemptFailed } from './attempt-failed.js'
import { backOffMs } from './back-off.js'
import { clockSkew, serverNowMs } from './clock-skew.js'
import type { DiskCache } from './disk-cache.js'
import type { HttpPolicy } from './http-policy.js'
import { once } from './once.js'
import { readBody } from './read-body.js'
import { retryAfterMs } from './retry-after.js'
import { createTokenBucket } from './token-bucket.js'

export interface HttpClientOptions {
  /** In messages: "EIA". */
  readonly vendor: string
  readonly policy: HttpPolicy
  readonly clock: Clock
  /** Draws the jitter; null for none. */
  readonly rng: Rng | null
  /** Knows every key that stands in an address. */
  readonly redact: (text: string) => string
  readonly signal: AbortSignal
  readonly log: (event: HttpEvent) => void
  readonly cache: DiskCache | null
  /** Told once, where the vendor's clock and this machine's are far apart. */
  readonly warn?: (code: string, message: string) => void
  /** Sent with each request, besides `accept`. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What `-v` shows; the address is redacted. */
export interface HttpEvent {
  readonly event: 'answer' | 'retry' | 'cache'
  readonly url: string
  readonly attempt: number
  readonly status: number | null
  readonly bytes: number
  readonly ms: number
  readonly waitMs: number
  readonly reason: string | null
}

/** An answer that is not 2xx, for the vendor's own code to name. */
export interface ErrorAnswer {
  readonly status: number
  /** Parsed where it is JSON, else null. */
  readonly json: unknown
  readonly url: URL
}

export interface GetOptions<T> {
  /** What the body is: a JSON document by default, or a text that `read` gets as it is. */
  readonly form?: 'json' | 'text'
  /** Reads the document. A throw ends the request: an odd document does not get better by asking again. */
  readonly read: (document: unknown) => T
  /**
   * Names the failure behind an answer that is not 2xx, and says whether asking again may help; null where the vendor's
   * code knows nothing better than the status.
   */
  readonly refusal: (answer: ErrorAnswer) => { readonly error: ContangoError; readonly retry: boolean } | null
  /** How long an answer on disk stands in for a request; 0 for never. */
  readonly cacheTtlMs: number
}

export interface Got<T> {
  readonly value: T
  /** From the disk. */
  readonly cached: boolean
}

export interface HttpClient {
  get<T>(url: URL, options: GetOptions<T>): Promise<Got<T>>
}

const MAX_REDIRECTS = 3

const SILENT = { attempt: 0, status: null, bytes: 0, ms: 0, waitMs: 0, reason: null } as const

/**
 * GET of a JSON document or a text: rate limited, each attempt under a timeout that covers the body, finitely many attempts,
 * Retry-After obeyed up to a bound, redirects only within the same origin (the address carries a key), body size bounded.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { vendor, policy, clock, rng, redact, signal, log, cache } = options
  const section = vendor.toLowerCase()
  const headers = { accept: 'application/json', ...options.headers }
  const sayClockSkew = once((message) => options.warn?.('CLOCK_SKEW', message))
  const waitForToken = createTokenBucket({ perSecond: policy.requestsPerSecond, burst: policy.burst, clock })

  return {
    async get(url, request) {
      const address = redact(url.href)
      const kept = (await cache?.read(url.href, request.cacheTtlMs)) ?? null
      if (kept !== null) {
        const value = readKept(kept.body, request)
        if (value !== null) {
          log({ ...SILENT, event: 'cache', url: address, bytes: kept.body.length })
          return { value: value.it, cached: true }
        }
      }
      let failed = 0
      const attempt = async (): Promise<{ value: ReturnType<typeof request.read>; text: string }> => {
        await abortableSleep(waitForToken(), signal)
        const startedMs = clock.monotonicMs()
        const { status, text, value } = await attemptOnce(url, request)
        const ms = Math.round(clock.monotonicMs() - startedMs)
        log({ ...SILENT, event: 'answer', url: address, attempt: failed + 1, status, bytes: text.length, ms })
        return { value: request.read(value), text }
      }
      try {
        const { value, text } = await pRetry(attempt, {
          retries: policy.retries,
          minTimeout: 0,
          maxTimeout: 0,
          shouldRetry: ({ error }) => error instanceof AttemptFailed,
          onFailedAttempt: async ({ error, retriesLeft }) => {
            signal.throwIfAborted()
            if (!(error instanceof AttemptFailed) || retriesLeft === 0) return
            failed++
            const waitMs = error.retryAfterMs ?? backOffMs(policy, failed, rng)
            log({ ...SILENT, event: 'retry', url: address, attempt: failed, waitMs, reason: redact(error.message) })
            await abortableSleep(waitMs, signal)
          },
        })
        if (request.cacheTtlMs > 0) await cache?.write(url.href, text, signal)
        return { value, cached: false }
      } catch (error) {
        signal.throwIfAborted()
        throw error instanceof AttemptFailed ? error.final : error
      }
    },
  }

  async function attemptOnce<T>(
    url: URL,
    request: GetOptions<T>,
  ): Promise<{ status: number; text: string; value: unknown }> {
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(), policy.attemptTimeoutMs)
    const both = AbortSignal.any([signal, timeout.signal])
    try {
      const response = await followWithinOrigin(url, both)
      noteClock(response)
      const bytes = await readBody(response, policy.maxBodyBytes, vendor)
      if (!response.ok) throw refusalOf(response, bytes, url, request)
      return {
        status: response.status,
        ...(request.form === 'text' ? textDocument(response, bytes, url) : jsonDocument(response, bytes, url)),
      }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ContangoError || error instanceof AttemptFailed) throw error
      throw transportFailure(error, timeout.signal.aborted, url)
    } finally {
      clearTimeout(timer)
    }
  }

  async function followWithinOrigin(start: URL, both: AbortSignal): Promise<Response> {
    let url = start
    for (let hop = 0; ; hop++) {
      const response = await fetch(url, { redirect: 'manual', signal: both, headers })
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (location === null) return response
      await response.body?.cancel()
      const next = URL.canParse(location, url.href) ? new URL(location, url) : null
      if (next?.origin !== start.origin || hop === MAX_REDIRECTS) {
        const where = next === null ? 'nowhere' : next.origin === start.origin ? 'in a circle' : `to ${next.origin}`
        throw new ContangoError(
          'source',
          'REDIRECTED',
          `${vendor} at ${start.origin} redirects ${redact(where)}; the key does not go there`,
          `check the base URL: contango config show ${section} --origin`,
          { from: start.origin, status: response.status },
        )
      }
      url = next
    }
  }

  function noteClock(response: Response): void {
    const apart = clockSkew(vendor, answeredAtMs(response), clock.nowMs())
    if (apart !== null) sayClockSkew(apart)
  }

  function refusalOf<T>(response: Response, bytes: Uint8Array, url: URL, request: GetOptions<T>): Error {
    const { status } = response
    const named = request.refusal({ status, json: parseJson(new TextDecoder().decode(bytes))?.value ?? null, url })
    const retry = named?.retry ?? (status === 408 || status === 429 || status >= 500)
    const error =
      named?.error ??
      new ContangoError(
        'source',
        status === 429 ? 'RATE_LIMITED' : 'HTTP_STATUS',
        `${vendor} answered ${status} at ${url.host}${url.pathname}`,
        retry ? 'try again later' : `check the base URL: contango config show ${section} --origin`,
        { status, host: url.host },
      )
    if (!retry) return error
    return new AttemptFailed(
      error,
      retryAfterMs(
        response.headers.get('retry-after'),
        answeredAtMs(response) ?? clock.nowMs(),
        policy.maxRetryAfterMs,
      ),
    )
  }

  function jsonDocument(response: Response, bytes: Uint8Array, url: URL): { text: string; value: unknown } {
    const type = response.headers.get('content-type') ?? ''
    const text = decodeUtf8(bytes)
    const parsed = text === null ? null : parseJson(text)
    if (text !== null && parsed && (type === '' || /json|text\/plain/i.test(type))) {
      return { text, value: parsed.value }
    }
    const looksCut = text !== null && /^\s*[[{]/.test(text)
    throw new AttemptFailed(
      new ContangoError(
        'refused',
        looksCut ? 'TRUNCATED_JSON' : 'NOT_JSON',
        looksCut
          ? `${vendor} sent ${bytes.length} bytes of JSON that break off or are broken, at ${url.host}${url.pathname}`
          : `${vendor} sent ${type === '' ? 'something' : type.split(';')[0]} instead of JSON, at ${url.host}${url.pathname}`,
        'try again later; if it stays so, something between here and the vendor answers in its place',
        { bytes: bytes.length, contentType: type, host: url.host },
      ),
    )
  }

  /** A page that a gateway put in the place of the text is HTML. */
  function textDocument(response: Response, bytes: Uint8Array, url: URL): { text: string; value: unknown } {
    const type = response.headers.get('content-type') ?? ''
    // windows-1252 is what older offices' files are in; it reads every byte
    const text = decodeUtf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes)
    if (!/html/i.test(type) && !/^\s*<(!doctype|html)/i.test(text)) return { text, value: text }
    throw new AttemptFailed(
      new ContangoError(
        'refused',
        'NOT_TEXT',
        `${vendor} sent a web page instead of data, at ${url.host}${url.pathname}`,
        'try again later; if it stays so, something between here and the vendor answers in its place',
        { bytes: bytes.length, contentType: type, host: url.host },
      ),
    )
  }

  function transportFailure(error: unknown, timedOut: boolean, url: URL): AttemptFailed {
    if (timedOut) {
      return new AttemptFailed(
        new ContangoError(
          'source',
          'TIMEOUT',
          `${vendor} at ${url.host} did not answer within ${policy.attemptTimeoutMs / 1000} s`,
          'try again later',
          { host: url.host, timeoutMs: policy.attemptTimeoutMs },
        ),
      )
    }
    const reason = causeOf(error)
    return new AttemptFailed(
      new ContangoError(
        'source',
        'UNREACHABLE',
        `${vendor} at ${url.host} cannot be reached or broke off: ${redact(reason)}`,
        `check ${/cert/i.test(reason) ? "this machine's clock and certificates" : 'the network'}, then the base URL: contango config show ${section} --origin`,
        { host: url.host, reason: redact(reason) },
        { cause: error },
      ),
    )
  }
}

function answeredAtMs({ headers }: Response): number | null {
  return serverNowMs(headers.get('date'), headers.get('age'))
}

/** A kept answer that cannot be read any more (another version wrote it) is no answer: null. */
function readKept<T>(body: string, { form, read }: GetOptions<T>): { it: T } | null {
  const parsed = form === 'text' ? { value: body } : parseJson(body)
  if (parsed === null) return null
  try {
    return { it: read(parsed.value) }
  } catch {
    return null
  }
}

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** "fetch failed" says nothing; what it wraps does: ECONNREFUSED, ENOTFOUND, a certificate, "other side closed". */
function causeOf(error: unknown): string {
  let inner = error
  for (let depth = 0; depth < 4 && inner instanceof Error && inner.cause instanceof Error; depth++) inner = inner.cause
  const code = (inner as NodeJS.ErrnoException | null)?.code
  const message = inner instanceof Error ? inner.message : String(inner)
  return code === undefined || message.includes(code) ? message : `${code}${message === '' ? '' : ` ${message}`}`
}
