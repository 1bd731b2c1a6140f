import { z } from 'zod'
import { PRODUCTS } from '../../market/instrument.js'
import { defineSection } from '../define-section.js'

export const section = defineSection('sources', 'sources.yaml', () => {
  const mnemonic = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a Bloomberg field is capital letters, digits and "_"')

  const fields = z.strictObject({ last: mnemonic, change: mnemonic, bid: mnemonic, ask: mnemonic })

  const file = z.string().min(1).nullable()

  const bloomberg = z.strictObject({
    transport: z.enum(['none', 'http', 'bridge']),
    http: z.strictObject({
      certificates: z
        .strictObject({ ca: file, cert: file, key: file })
        .refine(({ ca, cert, key }) => (ca === null) === (cert === null) && (cert === null) === (key === null), {
          message: 'ca, cert and key are set together or not at all',
        }),
      maxRequestBytes: z.int().min(256).max(10_000_000),
      maxBodyMegabytes: z.number().positive().max(1024),
      requestsPerSecond: z.number().positive().max(1000),
      burst: z.int().min(1).max(1000),
      retries: z.int().min(0).max(20),
      firstDelaySeconds: z.number().min(0).max(60),
      delayFactor: z.number().min(1).max(10),
      maxDelaySeconds: z.number().min(0).max(600),
      maxRetryAfterSeconds: z.number().min(0).max(3600),
      jitterFraction: z.number().min(0).max(1),
      pollSeconds: z.number().positive().max(600),
    }),
    bridge: z.strictObject({ python: z.string().min(1) }),
    referenceCache: z.strictObject({ entries: z.int().min(1).max(1_000_000), minutes: z.number().min(0).max(10_080) }),
    ranks: z.int().min(1).max(36),
    historyDays: z.int().min(1).max(36_600),
    overlapDays: z.int().min(0).max(3660),
    priceFactors: z.partialRecord(z.enum(PRODUCTS), z.number().positive()),
  })

  const quotes = z.strictObject({
    tickers: z.array(z.string().min(1)).min(1),
    snapshotFields: fields,
    liveFields: fields,
    staleSeconds: z.number().positive().max(86_400),
    reconnect: z.strictObject({
      firstDelaySeconds: z.number().min(0).max(60),
      delayFactor: z.number().min(1).max(10),
      maxDelaySeconds: z.number().min(0).max(3600),
      attempts: z.int().min(1).max(1000),
    }),
  })

  /** A fetch command without its first word: `eia --preset weekly`. */
  const fetchLine = z
    .string()
    .regex(
      /^(bloomberg|cftc|eia|fred|yahoo)( +[A-Za-z0-9_.:,=%+/-]+)*$/,
      'a line is a source and its flags, as typed after "contango fetch": eia --preset weekly',
    )

  const fetchAll = z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name is a-z, 0-9 and "-"'), z.array(fetchLine).min(1))
    .transform((presets) => new Map(Object.entries(presets)))

  return z.strictObject({ bloomberg, quotes, fetchAll })
})

type SourcesSection = z.output<(typeof section)['schema']>
export type BloombergConfig = SourcesSection['bloomberg']

export type QuotesConfig = SourcesSection['quotes']
