import type { BloombergConfig, QuotesConfig } from '../../config/sections/sources.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Market } from '../../market/market.js'
import type { Clock } from '../../runtime/clock.js'
import type { Bloomberg } from '../bloomberg/bloomberg.js'
import { scaled } from '../bloomberg/map.js'
import { numberOf } from '../bloomberg/schema.js'
import { abortableSleep } from '../http/abortable-sleep.js'
import type { Quote, QuoteFeed } from './quote.js'
import type { QuotedTicker } from './quoted-tickers.js'

export interface BloombergFeedOptions {
  readonly bloomberg: Bloomberg
  readonly tickers: readonly QuotedTicker[]
  readonly market: Market
  readonly quotes: QuotesConfig
  readonly priceFactors: BloombergConfig['priceFactors']
  readonly clock: Clock
  readonly warn: (code: string, message: string) => void
}

const FIELDS = ['last', 'change', 'bid', 'ask'] as const

/** Quotes of Bloomberg: one request for a snapshot, a subscription that comes back after a loss for a stream. */
export function createBloombergFeed(options: BloombergFeedOptions): QuoteFeed {
  const { bloomberg, tickers, market, quotes, priceFactors, clock, warn } = options
  const factors = tickers.map(({ read }) => (read === null ? 1 : (priceFactors[read.product] ?? 1)))
  const now = (): string => new Date(clock.nowMs()).toISOString()
  const latest: Quote[] = tickers.map(({ ticker, read }) => ({
    ticker,
    product: read?.product ?? null,
    time: now(),
    last: Number.NaN,
    change: Number.NaN,
    bid: Number.NaN,
    ask: Number.NaN,
    unit: read === null ? null : market.instrument(read.product).unit,
    stale: false,
  }))

  /** The quote with what `values` says anew; the other numbers stay. */
  function merged(i: number, values: Readonly<Record<string, unknown>>, names: QuotesConfig['liveFields']): Quote {
    const quote = { ...latest[i], time: now(), stale: false }
    for (const field of FIELDS) {
      const value = numberOf(values, names[field], quote.ticker)
      if (!Number.isNaN(value)) quote[field] = scaled(value, factors[i])
    }
    latest[i] = quote
    return quote
  }

  /** Those that are not marked yet and that `isStale` means. */
  function markStale(isStale: (i: number) => boolean): Quote[] {
    return latest.flatMap((quote, i) => {
      if (quote.stale || !isStale(i)) return []
      latest[i] = { ...quote, stale: true }
      return [latest[i]]
    })
  }

  async function* follow(signal: AbortSignal, onAccepted: () => void, onTick: () => void): AsyncIterable<Quote[]> {
    const staleMs = quotes.staleSeconds * 1000
    const heardMs = tickers.map(() => clock.monotonicMs())
    const fields = FIELDS.map((field) => quotes.liveFields[field])
    const subscriptions = tickers.map(({ ticker }, correlationId) => ({ security: ticker, correlationId, fields }))
    const updates = bloomberg.subscribe(subscriptions, signal)[Symbol.asyncIterator]()
    try {
      for (let next = updates.next(); ;) {
        const heard = await orAfter(next, Math.min(staleMs, 1000))
        if (heard === null) {
          const silent = markStale((i) => clock.monotonicMs() - heardMs[i] >= staleMs)
          if (silent.length > 0) yield silent
          continue
        }
        if (heard.done) throw lost(bloomberg.name)
        onAccepted()
        const batch: Quote[] = []
        for (const { correlationId, values } of heard.value) {
          if (latest[correlationId] === undefined) continue
          heardMs[correlationId] = clock.monotonicMs()
          batch.push(merged(correlationId, values, quotes.liveFields))
        }
        next = updates.next()
        next.catch(() => undefined) // it is waited for in the next turn
        if (batch.length === 0) continue
        onTick()
        yield batch
      }
    } finally {
      await updates.return?.()
    }
  }

  return {
    source: 'bloomberg',
    tickers: tickers.map(({ ticker }) => ticker),
    async snapshot() {
      const fields = FIELDS.map((field) => quotes.snapshotFields[field])
      const answers = await bloomberg.snapshot(
        tickers.map(({ ticker }) => ticker),
        fields,
      )
      const refused = answers.filter(({ error }) => error !== null)
      if (refused.length === answers.length) {
        throw new ContangoError(
          'source',
          'BLOOMBERG_SECURITY',
          `Bloomberg refuses ${refused[0].security}: ${refused[0].error}`,
          'check the tickers and what the licence covers',
        )
      }
      for (const { security, error } of refused) warn('BLOOMBERG_SECURITY', `${security}: ${error}`)
      return answers.map(({ values }, i) => merged(i, values, quotes.snapshotFields))
    },
    async *stream(signal) {
      const { firstDelaySeconds, delayFactor, maxDelaySeconds, attempts } = quotes.reconnect
      let everAccepted = false
      let failed = 0
      for (;;) {
        try {
          yield* follow(
            signal,
            () => (everAccepted = true),
            () => (failed = 0),
          )
        } catch (error) {
          signal.throwIfAborted()
          if (!(error instanceof ContangoError) || error.kind !== 'source' || !everAccepted) throw error
          failed++
          if (failed >= attempts) throw error
          const seconds = Math.min(firstDelaySeconds * delayFactor ** (failed - 1), maxDelaySeconds)
          warn('QUOTES_RECONNECT', `the subscription is lost (${error.message}): again in ${seconds} s`)
          const silent = markStale(() => true)
          if (silent.length > 0) yield silent
          await abortableSleep(seconds * 1000, signal)
        }
      }
    },
    close: () => bloomberg.close(),
  }
}

/** What the promise gives, or null where it takes longer. */
async function orAfter<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)))
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function lost(name: string): ContangoError {
  return new ContangoError('source', 'BLOOMBERG_UNAVAILABLE', `${name} ended the subscription`, 'try again later')
}
