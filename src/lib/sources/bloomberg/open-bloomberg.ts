import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { BloombergConfig } from '../../config/sections/sources.js'
import type { Settings } from '../../config/settings-schema.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Rng } from '../../kernel/rng.js'
import type { Clock } from '../../runtime/clock.js'
import { createBloomberg, type Bloomberg } from './bloomberg.js'
import { bridgeScript, createBridgeTransport } from './bridge-transport.js'
import { createHttpTransport } from './http-transport.js'
import type { Certificates } from './https-exchange.js'
import type { BloombergTransport } from './transport.js'
import { createTtlCache } from './ttl-cache.js'

export interface OpenBloombergOptions {
  readonly config: BloombergConfig
  readonly settings: Settings['bloomberg']
  /** Certificate files are relative to it. */
  readonly home: string
  readonly clock: Clock
  /** Draws the jitter of the back-off; null for none. */
  readonly rng: Rng | null
  readonly signal: AbortSignal
  readonly log: (event: Readonly<Record<string, unknown>>) => void
  readonly warn: (code: string, message: string) => void
}

/** Bloomberg by the transport that config/sources.yaml chooses; nothing is asked yet. Throws config where it chooses none. */
export function openBloomberg(options: OpenBloombergOptions): Bloomberg {
  const { config, settings, clock } = options
  if (settings.useMock) {
    throw notChosen('BLOOMBERG_USE_MOCK is on: Bloomberg is not asked', 'unset BLOOMBERG_USE_MOCK')
  }
  const { entries, minutes } = config.referenceCache
  return createBloomberg({
    transport: openTransport(options),
    referenceCache: createTtlCache(entries, minutes * 60_000, clock),
  })
}

function openTransport({
  config,
  settings,
  home,
  clock,
  rng,
  signal,
  log,
  warn,
}: OpenBloombergOptions): BloombergTransport {
  const { host, port, timeoutMs } = settings
  const { transport, http, bridge } = config
  if (transport === 'none') {
    throw notChosen(
      'config/sources.yaml chooses no way to Bloomberg',
      'set bloomberg.transport to http or bridge in config/sources.yaml: docs/sources-bloomberg.md',
    )
  }
  if (transport === 'bridge') {
    return createBridgeTransport({ python: bridge.python, script: bridgeScript(), host, port, timeoutMs, signal, log })
  }
  return createHttpTransport({
    host,
    port,
    certificates: readCertificates(http.certificates, home),
    maxRequestBytes: http.maxRequestBytes,
    pollMs: http.pollSeconds * 1000,
    policy: {
      attemptTimeoutMs: timeoutMs,
      retries: http.retries,
      firstDelayMs: http.firstDelaySeconds * 1000,
      delayFactor: http.delayFactor,
      maxDelayMs: http.maxDelaySeconds * 1000,
      maxRetryAfterMs: http.maxRetryAfterSeconds * 1000,
      jitterFraction: http.jitterFraction,
      maxBodyBytes: http.maxBodyMegabytes * 1e6,
      requestsPerSecond: http.requestsPerSecond,
      burst: http.burst,
    },
    clock,
    rng,
    signal,
    log,
    warn,
  })
}

/** Neither a path nor a byte of the files stands in a message. */
function readCertificates(files: BloombergConfig['http']['certificates'], home: string): Certificates | null {
  const { ca, cert, key } = files
  if (ca === null || cert === null || key === null) return null
  const read = (name: keyof Certificates, file: string): string => {
    try {
      return readFileSync(isAbsolute(file) ? file : join(home, file), 'utf8')
    } catch (error) {
      throw new ContangoError(
        'config',
        'BLOOMBERG_CERTIFICATE_FILE',
        `the file that bloomberg.http.certificates.${name} names cannot be read (${(error as NodeJS.ErrnoException).code})`,
        'contango config show sources --origin prints what it names',
        { file: name },
      )
    }
  }
  return { ca: read('ca', ca), cert: read('cert', cert), key: read('key', key) }
}

function notChosen(message: string, hint: string): ContangoError {
  return new ContangoError('config', 'BLOOMBERG_NOT_CHOSEN', message, hint)
}
