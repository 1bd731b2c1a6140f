import { X509Certificate } from 'node:crypto'
import { request as httpRequest, Agent as HttpAgent } from 'node:http'
import { request as httpsRequest, Agent as HttpsAgent } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { ContangoError } from '../../kernel/errors.js'
import type { Clock } from '../../runtime/clock.js'
import { AttemptFailed } from '../http/attempt-failed.js'
import { clockSkew, serverNowMs } from '../http/clock-skew.js'
import { once } from '../http/once.js'
import { retryAfterMs } from '../http/retry-after.js'

/** PEM texts of mutual TLS. */
export interface Certificates {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

export interface ExchangeOptions {
  readonly host: string
  readonly port: number
  /** Null for plain http to this machine. */
  readonly certificates: Certificates | null
  readonly maxBodyBytes: number
  readonly maxRetryAfterMs: number
  readonly clock: Pick<Clock, 'nowMs'>
  /** Told once, where the server's clock and this machine's are far apart. */
  readonly warn: (code: string, message: string) => void
}

export interface Exchange {
  /** One request, no retry: the parsed JSON, or AttemptFailed where asking again may help. Null for 408: nothing yet. */
  send(
    method: 'GET' | 'POST',
    path: string,
    body: string | null,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<unknown>
  close(): void
}

/** Node's and OpenSSL's words for a certificate that one of the two sides does not accept. */
const CERTIFICATE_TROUBLE =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALERT_UNKNOWN_CA|ALERT_(BAD|NO)_|HANDSHAKE_FAILURE|ERR_TLS|KEY_VALUES_MISMATCH|ERR_OSSL|ERR_SSL/

/** Requests to a blpapi-http server over kept-alive connections with the client's certificate. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { host, port, certificates, maxBodyBytes, clock } = options
  const at = `${host}:${port}`
  const sayClockSkew = once((message) => options.warn('CLOCK_SKEW', message))
  if (certificates === null && !['localhost', '127.0.0.1', '::1'].includes(host)) {
    throw new ContangoError(
      'config',
      'BLOOMBERG_PLAIN_HTTP',
      `plain http to ${host} would send licensed data unprotected`,
      'set bloomberg.http.certificates in config/sources.yaml',
      { host },
    )
  }
  if (certificates) requireValid(certificates, clock)
  const agent = certificates ? createHttpsAgent(certificates, at) : new HttpAgent({ keepAlive: true })

  return {
    send(method, path, body, timeoutMs, signal) {
      return new Promise((resolve, reject) => {
        const bytes = body === null ? null : Buffer.from(body)
        const timeout = setTimeout(() => request.destroy(timedOut(at, timeoutMs)), timeoutMs)
        const fail = (error: unknown): void => {
          clearTimeout(timeout)
          if (signal.aborted) reject(signal.reason as Error)
          else if (error instanceof ContangoError || error instanceof AttemptFailed) reject(error)
          else reject(transportFailure(error, at))
        }
        const request = (certificates ? httpsRequest : httpRequest)(
          {
            host,
            port,
            method,
            path,
            agent,
            signal,
            headers: {
              accept: 'application/json',
              'accept-encoding': 'gzip',
              'accept-version': '1.0.0',
              ...(bytes === null ? {} : { 'content-type': 'application/json', 'content-length': bytes.length }),
            },
          },
          (response) => {
            readAll(response, maxBodyBytes)
              .then((text) => resolve(answerOf(response, text)))
              .catch(fail)
              .finally(() => clearTimeout(timeout))
          },
        )
        request.on('error', fail)
        request.end(bytes ?? undefined)
      })
    },
    close: () => agent.destroy(),
  }

  function answerOf(response: IncomingMessage, text: string): unknown {
    const status = response.statusCode ?? 0
    const serverMs = serverNowMs(response.headers.date ?? null, response.headers.age ?? null)
    const apart = clockSkew(`blpapi-http at ${at}`, serverMs, clock.nowMs())
    if (apart !== null) sayClockSkew(apart)
    if (status === 408) return null
    if (status >= 200 && status < 300) return jsonOf(text, at)
    const says = messageIn(text)
    const error = new ContangoError(
      'source',
      status === 429 ? 'BLOOMBERG_RATE_LIMITED' : status === 413 ? 'BLOOMBERG_BODY_LIMIT' : 'BLOOMBERG_HTTP_STATUS',
      `blpapi-http at ${at} answered ${status}${says === null ? '' : `: ${says}`}`,
      status === 413
        ? 'lower bloomberg.http.maxRequestBytes in config/sources.yaml'
        : status === 429
          ? 'lower bloomberg.http.requestsPerSecond in config/sources.yaml, or try later'
          : "look into the server's log",
      { status, host },
    )
    if (status !== 429 && status < 500) throw error
    const header = response.headers['retry-after'] ?? null
    throw new AttemptFailed(error, retryAfterMs(header, serverMs ?? clock.nowMs(), options.maxRetryAfterMs))
  }
}

function createHttpsAgent({ ca, cert, key }: Certificates, at: string): HttpsAgent {
  try {
    return new HttpsAgent({ keepAlive: true, ca, cert, key, minVersion: 'TLSv1.2' })
  } catch (error) {
    throw certificateTrouble(at, codeOf(error))
  }
}

/** An expired certificate is said before anything is sent: the server would only hang up. */
function requireValid({ cert, ca, key }: Certificates, clock: Pick<Clock, 'nowMs'>): void {
  for (const [name, pem] of [
    ['cert', cert],
    ['ca', ca],
  ] as const) {
    let certificate: X509Certificate
    try {
      certificate = new X509Certificate(pem)
    } catch {
      throw badFile(name, 'is no PEM certificate')
    }
    const until = Date.parse(certificate.validTo)
    if (until < clock.nowMs()) {
      throw badFile(name, `expired on ${new Date(until).toISOString().slice(0, 10)}`)
    }
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key)) throw badFile('key', 'is no PEM private key')
}

function badFile(name: string, what: string): ContangoError {
  return new ContangoError(
    'source',
    'BLOOMBERG_CERTIFICATE',
    `the file that bloomberg.http.certificates.${name} names ${what}`,
    'ask who runs the blpapi-http server for a new one',
    { file: name },
  )
}

async function readAll(response: IncomingMessage, maxBytes: number): Promise<string> {
  const stream = response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response
  if (stream !== response) response.on('error', (error) => stream.destroy(error))
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      response.destroy()
      throw new ContangoError(
        'source',
        'BODY_TOO_LARGE',
        `Bloomberg sent more than ${Math.round(maxBytes / 1e6)} MB in one answer`,
        'ask for less at once: --from and --to, fewer --ranks',
        { maxBytes },
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function jsonOf(text: string, at: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    const looksCut = /^\s*[[{]/.test(text)
    throw new AttemptFailed(
      new ContangoError(
        'refused',
        looksCut ? 'TRUNCATED_JSON' : 'NOT_JSON',
        `blpapi-http at ${at} sent ${text.length} characters ${looksCut ? 'of JSON that break off or are broken' : 'that are no JSON'}`,
        'try again later; if it stays so, something between here and the server answers in its place',
        { characters: text.length },
      ),
    )
  }
}

function messageIn(text: string): string | null {
  try {
    const { message } = JSON.parse(text) as { message?: unknown }
    return typeof message === 'string' ? message.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 200) : null
  } catch {
    return null
  }
}

function timedOut(at: string, timeoutMs: number): AttemptFailed {
  return new AttemptFailed(
    new ContangoError(
      'source',
      'TIMEOUT',
      `blpapi-http at ${at} did not answer within ${timeoutMs / 1000} s`,
      'check that the server is logged in to Bloomberg; BLOOMBERG_TIMEOUT waits longer',
      { timeoutMs },
    ),
  )
}

function codeOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message
}

function transportFailure(error: unknown, at: string): Error {
  const code = codeOf(error)
  if (CERTIFICATE_TROUBLE.test(code)) return certificateTrouble(at, code)
  return new AttemptFailed(
    new ContangoError(
      'source',
      'UNREACHABLE',
      `blpapi-http at ${at} cannot be reached or broke off: ${code}`,
      'check BLOOMBERG_HOST and BLOOMBERG_PORT, that the server runs, and that it knows this client certificate',
      { reason: code },
      { cause: error },
    ),
  )
}

function certificateTrouble(at: string, code: string): ContangoError {
  const expired = code === 'CERT_HAS_EXPIRED' || /CERTIFICATE_EXPIRED/.test(code)
  return new ContangoError(
    'source',
    'BLOOMBERG_CERTIFICATE',
    `blpapi-http at ${at}: ${expired ? 'a certificate has expired' : 'the certificates do not fit'} (${code})`,
    'check bloomberg.http.certificates in config/sources.yaml: ca signs the server, cert and key are this client',
    { reason: code },
  )
}
