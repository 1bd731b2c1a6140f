import type { YahooSection } from '../../config/sections/yahoo.js'
import type { EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Rng } from '../../kernel/rng.js'
import type { Market } from '../../market/market.js'
import type { Clock } from '../../runtime/clock.js'
import type { Store } from '../../store/types.js'
import { createHttpClient, type ErrorAnswer, type HttpEvent } from '../http/client.js'
import { policyOf } from '../http/policy-of.js'
import { ingest, type IngestResult } from '../ingest.js'
import { failedSeries, isFatal, isOutage, type SeriesFailure } from '../series/outcome.js'
import { readChart } from './read-chart.js'

const YAHOO_SOURCE = 'yahoo'

export interface FetchYahooOptions {
  readonly config: YahooSection
  readonly baseUrl: string
  /** Yahoo's symbols, each in `config.symbols`. */
  readonly symbols: readonly string[]
  readonly from: EpochDay | null
  readonly market: Market
  readonly store: Store
  readonly strict: boolean
  readonly rng: Rng | null
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly log: (event: HttpEvent) => void
  readonly warn: (code: string, message: string) => void
  readonly onSymbol: (symbol: string) => void
}

export interface FetchedBars {
  readonly yahoo: string
  readonly unit: string
  readonly missing: number
  readonly result: IngestResult
}

const DAY_SECONDS = 86_400

/** Fetches symbol after symbol and stores each at once. Throws if any failed, after the rest is stored. */
export async function fetchYahoo(options: FetchYahooOptions): Promise<FetchedBars[]> {
  const { config, baseUrl, symbols, store, market, strict, clock, signal, warn } = options
  const http = createHttpClient({
    vendor: 'Yahoo',
    policy: policyOf(config.http),
    clock,
    rng: options.rng,
    redact: (text) => text,
    signal,
    log: options.log,
    warn: options.warn,
    cache: null,
    headers: { 'user-agent': config.userAgent },
  })
  const done: FetchedBars[] = []
  const failures: SeriesFailure[] = []
  let outages = 0
  for (const yahoo of symbols) {
    const into = config.symbols.get(yahoo)!
    try {
      if (outages >= config.http.giveUpAfterFailures) {
        throw new ContangoError(
          'source',
          'NOT_TRIED',
          'not asked for any more: Yahoo did not answer before',
          'try later',
        )
      }
      const last = store.datasets({ kind: 'bars', name: into.symbol, source: YAHOO_SOURCE })[0]?.last ?? null
      const from = options.from ?? (last === null ? config.from : last - config.overlapDays)
      const url = new URL(`${baseUrl}/v8/finance/chart/${encodeURIComponent(yahoo)}`)
      url.searchParams.set('period1', String(from * DAY_SECONDS))
      url.searchParams.set('period2', String(Math.floor(clock.nowMs() / 1000)))
      url.searchParams.set('interval', '1d')
      const { value } = await http.get(url, {
        read: (document) => readChart(document, yahoo, into, clock.nowMs()),
        refusal: (answer) => yahooRefusal(answer, yahoo),
        cacheTtlMs: 0,
      })
      outages = 0
      if (value.bars.sessionDay.length === 0 && last === null) throw noBars(yahoo)
      const write = { columns: value.bars, source: YAHOO_SOURCE, simulated: false }
      const [result] = await ingest({ store, market, strict, warn, signal }, [write])
      done.push({ yahoo, unit: into.unit, missing: value.missing, result })
    } catch (error) {
      if (isFatal(error)) throw error
      const failure = error as ContangoError // the only kind that is not fatal
      if (isOutage(failure)) outages++
      failures.push({ series: yahoo, error: failure })
    }
    options.onSymbol(yahoo)
  }
  if (failures.length > 0) {
    throw failedSeries(
      'Yahoo',
      failures,
      done.map(({ yahoo }) => yahoo),
    )
  }
  return done
}

function yahooRefusal({ status }: ErrorAnswer, yahoo: string): { error: ContangoError; retry: boolean } | null {
  return status === 404 ? { error: noBars(yahoo), retry: false } : null
}

function noBars(yahoo: string): ContangoError {
  return new ContangoError(
    'noData',
    'YAHOO_NO_ROWS',
    `Yahoo has no bars of ${yahoo}`,
    'look it up at finance.yahoo.com',
    {
      symbol: yahoo,
    },
  )
}
