import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import {
  readBars,
  readHistory,
  readReference,
  surprise,
  type IntradayBar,
  type SecurityFacts,
  type SecurityHistory,
} from './schema.js'
import { splitByBytes } from './split-by-bytes.js'
import type { BloombergRequestType, BloombergTransport, LiveUpdate, Subscription } from './transport.js'
import type { TtlCache } from './ttl-cache.js'

export interface Override {
  readonly fieldId: string
  readonly value: string | number
}

export interface HistoricalRequest {
  readonly securities: readonly string[]
  readonly fields: readonly string[]
  readonly from: EpochDay
  readonly to: EpochDay
}

export interface IntradayBarRequest {
  readonly security: string
  readonly intervalMinutes: number
  /** ISO in UTC. */
  readonly from: string
  readonly to: string
}

/** What a desk asks Bloomberg, whatever the way there. Answers come in the order of the securities asked for. */
export interface Bloomberg {
  readonly name: string
  /** Daily values, trading days only; one request, or as few as its size limit allows. */
  historical(request: HistoricalRequest): Promise<SecurityHistory[]>
  /** Facts that change seldom: read once a run. */
  reference(securities: readonly string[], fields: readonly string[]): Promise<SecurityFacts[]>
  /** Prices of this moment: never kept. */
  snapshot(securities: readonly string[], fields: readonly string[]): Promise<SecurityFacts[]>
  /** Contracts of a future's root, as Bloomberg lists them. */
  futuresChain(security: string, includeExpired: boolean): Promise<string[]>
  intradayBars(request: IntradayBarRequest): Promise<IntradayBar[]>
  subscribe(subscriptions: readonly Subscription[], signal: AbortSignal): AsyncIterable<readonly LiveUpdate[]>
  close(): Promise<void>
}

export interface BloombergOptions {
  readonly transport: BloombergTransport
  readonly referenceCache: TtlCache<SecurityFacts>
}

const CHAIN = 'FUT_CHAIN'

export function createBloomberg({ transport, referenceCache }: BloombergOptions): Bloomberg {
  const { maxRequestBytes } = transport

  async function perSecurity<T extends { readonly security: string }>(
    type: BloombergRequestType,
    securities: readonly string[],
    bodyOf: (part: readonly string[]) => object,
    read: (messages: readonly unknown[]) => T[],
  ): Promise<T[]> {
    const answers = new Map<string, T>()
    for (const part of splitByBytes(securities, bodyOf, maxRequestBytes)) {
      for (const answer of read(await transport.request(type, bodyOf(part)))) {
        if (!part.includes(answer.security)) throw surprise(type, `"${answer.security}" was not asked for`)
        answers.set(answer.security, answer)
      }
    }
    return securities.map((security) => answers.get(security) ?? missing(type, security, answers.size, securities))
  }

  const factsOf = (
    securities: readonly string[],
    fields: readonly string[],
    overrides: readonly Override[] = [],
  ): Promise<SecurityFacts[]> =>
    perSecurity(
      'ReferenceDataRequest',
      securities,
      (part) => ({ securities: part, fields, ...(overrides.length > 0 ? { overrides } : {}) }),
      readReference,
    )

  return {
    name: transport.name,
    historical: ({ securities, fields, from, to }) =>
      perSecurity('HistoricalDataRequest', securities, (part) => historicalBody(part, fields, from, to), readHistory),
    async reference(securities, fields) {
      const keyOf = (security: string): string => `${security}\n${fields.join(',')}`
      const unknown = securities.filter((security) => referenceCache.get(keyOf(security)) === undefined)
      const fresh = new Map((await factsOf(unknown, fields)).map((facts) => [facts.security, facts]))
      for (const [security, facts] of fresh) referenceCache.set(keyOf(security), facts)
      return securities.map((security) => fresh.get(security) ?? referenceCache.get(keyOf(security))!)
    },
    snapshot: (securities, fields) => factsOf(securities, fields),
    async futuresChain(security, includeExpired) {
      const overrides = includeExpired ? [{ fieldId: 'INCLUDE_EXPIRED_CONTRACTS', value: 'Y' }] : []
      const [{ error, values, fieldErrors }] = await factsOf([security], [CHAIN], overrides)
      const trouble = error ?? fieldErrors.find(({ field }) => field === CHAIN)?.message ?? null
      if (trouble !== null) {
        throw new ContangoError(
          'source',
          'BLOOMBERG_CHAIN',
          `Bloomberg lists no contracts of ${security}: ${trouble}`,
          'leave --by chain out: curves by rank need no chain',
          { security },
        )
      }
      const rows = values[CHAIN]
      if (!Array.isArray(rows)) throw surprise(CHAIN, 'it should be a table')
      return rows.map((row: unknown) => {
        const name = (row as Record<string, unknown> | null)?.['Security Description']
        if (typeof name !== 'string') throw surprise(CHAIN, 'a row without "Security Description"')
        return name
      })
    },
    intradayBars: async (request) => readBars(await transport.request('IntradayBarRequest', intradayBody(request))),
    subscribe: (subscriptions, signal) => transport.subscribe(subscriptions, signal),
    close: () => transport.close(),
  }
}

/** Trades in bars of so many minutes; a request has one security. */
export function intradayBody({ security, intervalMinutes, from, to }: IntradayBarRequest): object {
  return { security, eventType: 'TRADE', interval: intervalMinutes, startDateTime: from, endDateTime: to }
}

/** Trading days only, nothing filled in: a hole stays a hole. */
export function historicalBody(
  securities: readonly string[],
  fields: readonly string[],
  from: EpochDay,
  to: EpochDay,
): object {
  const plain = (day: EpochDay): string => isoFromDay(day).replaceAll('-', '')
  return {
    securities,
    fields,
    startDate: plain(from),
    endDate: plain(to),
    periodicityAdjustment: 'ACTUAL',
    periodicitySelection: 'DAILY',
    nonTradingDayFillOption: 'ACTIVE_DAYS_ONLY',
  }
}

function missing(type: string, security: string, got: number, asked: readonly string[]): never {
  throw new ContangoError(
    'source',
    'BLOOMBERG_INCOMPLETE',
    `Bloomberg answered for ${got} of ${asked.length} securities; ${security} is missing`,
    'the same command again; nothing of this answer was stored',
    { type, security },
  )
}
