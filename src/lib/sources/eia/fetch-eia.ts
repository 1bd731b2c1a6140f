import { join } from 'node:path'
import pLimit from 'p-limit'
import type { EiaSection } from '../../config/sections/eia.js'
import type { EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Rng } from '../../kernel/rng.js'
import type { SeriesColumns } from '../../market/dataset.js'
import type { Market } from '../../market/market.js'
import type { Publications } from '../../market/publication.js'
import type { Clock } from '../../runtime/clock.js'
import { createRedactor } from '../../runtime/redact.js'
import type { Store } from '../../store/types.js'
import { createHttpClient, type HttpEvent } from '../http/client.js'
import { createDiskCache } from '../http/disk-cache.js'
import { ingest } from '../ingest.js'
import { fetchBatch, type BatchAnswer } from './client.js'
import { httpPolicy } from './http-policy.js'
import { mapRows, type EiaValues } from './map.js'
import { failedSeries, isFatal, isOutage, type EiaFailure } from './outcome.js'
import { periodStart } from './period.js'
import type { EiaBatch } from './plan-batches.js'
import { seriesColumns } from './series-columns.js'
import { storedValues } from './stored-values.js'

export const EIA_SOURCE = 'eia'

export interface FetchEiaOptions {
  readonly config: EiaSection
  readonly publications: Publications
  readonly market: Market
  readonly store: Store
  readonly dataDir: string
  readonly batches: readonly EiaBatch[]
  readonly baseUrl: string
  readonly key: string
  /** False under `--no-cache`. */
  readonly readCache: boolean
  readonly strict: boolean
  /** Draws the jitter of the back-off; null for none. */
  readonly rng: Rng | null
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly log: (event: HttpEvent) => void
  readonly warn: (code: string, message: string) => void
  readonly onBatch: (batch: EiaBatch) => void
}

/** What became of one series. */
export interface FetchedSeries {
  readonly series: string
  readonly unit: string
  readonly frequency: SeriesColumns['frequency']
  readonly requests: number
  readonly cached: boolean
  readonly added: number
  readonly revised: number
  readonly dropped: number
  readonly missing: number
  /** Null where the quality gate let nothing through. */
  readonly first: EpochDay | null
  readonly last: EpochDay | null
  readonly sha256: string | null
}

/**
 * Fetches the batches, a few at a time, and stores each series as soon as its batch is there, in the order of the plan:
 * a run that is stopped or fails half-way leaves whole series, and the next one asks for the others. Throws if any
 * series failed, after the rest is stored.
 */
export async function fetchEia(options: FetchEiaOptions): Promise<FetchedSeries[]> {
  const { config, batches, signal, clock, warn } = options
  const redact = createRedactor([options.key])
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const cache = createDiskCache({
    folder: join(options.dataDir, 'cache', 'http'),
    maxBytes: config.cacheMegabytes * 1e6,
    reading: options.readCache,
    redact,
    clock,
    onTrouble: once((message) => warn('CACHE', `answers cannot be kept on disk: ${message}`)),
  })
  const http = createHttpClient({
    vendor: 'EIA',
    policy: httpPolicy(config),
    clock,
    rng: options.rng,
    redact,
    signal: either,
    log: options.log,
    cache,
  })
  const { baseUrl, key } = options
  const { pageRows, missingValues } = config
  const client = { http, baseUrl, key, pageRows, missingValues, redact, warn }

  let outages = 0
  const limit = pLimit(config.http.concurrency)
  const answers = batches.map((batch) =>
    limit(async (): Promise<BatchAnswer | ContangoError> => {
      try {
        either.throwIfAborted()
        if (outages >= config.http.giveUpAfterFailures) return notTried(batch)
        const answer = await fetchBatch(batch, client)
        outages = 0
        return answer
      } catch (error) {
        if (isFatal(error)) throw error
        const failure = error as ContangoError // the only kind that is not fatal
        if (isOutage(failure)) outages++
        return failure
      }
    }),
  )
  // One that ends the run may fail before its turn to be waited for comes.
  for (const answer of answers) answer.catch(() => undefined)
  const done: FetchedSeries[] = []
  const failures: EiaFailure[] = []
  try {
    for (const [i, batch] of batches.entries()) {
      const answer = await answers[i]
      if (answer instanceof ContangoError) {
        failures.push(...batch.ids.map((series) => ({ series, error: answer })))
      } else {
        await storeBatch(batch, answer, options, done, failures)
      }
      options.onBatch(batch)
    }
  } finally {
    stop.abort(new Error('the run is over'))
    await Promise.allSettled(answers)
    await cache.prune()
  }
  if (failures.length > 0) {
    throw failedSeries(
      failures,
      done.map(({ series }) => series),
    )
  }
  return done
}

async function storeBatch(
  batch: EiaBatch,
  answer: BatchAnswer,
  options: FetchEiaOptions,
  done: FetchedSeries[],
  failures: EiaFailure[],
): Promise<void> {
  let values: ReadonlyMap<string, EiaValues>
  try {
    values = mapRows(answer.rows, batch, options.config.units)
  } catch (error) {
    if (isFatal(error)) throw error
    failures.push(...batch.ids.map((series) => ({ series, error: error as ContangoError })))
    return
  }
  for (const id of batch.ids) {
    options.signal.throwIfAborted()
    try {
      const { requests, cached } = answer
      done.push({ ...(await storeSeries(values.get(id)!, batch, options)), requests, cached })
    } catch (error) {
      if (isFatal(error)) throw error
      failures.push({ series: id, error: error as ContangoError })
    }
  }
}

async function storeSeries(
  values: EiaValues,
  batch: EiaBatch,
  options: FetchEiaOptions,
): Promise<Omit<FetchedSeries, 'requests' | 'cached'>> {
  const { store, market, publications, strict, warn, signal, clock } = options
  const { id, missing } = values
  const { frequency } = batch
  if (values.period.length === 0) {
    const info = store.pick('series', id, EIA_SOURCE)
    if (info === null) throw noRows(id, batch, missing)
    const { unit, first, last, sha256 } = info
    return { series: id, unit, frequency, added: 0, revised: 0, dropped: 0, missing, first, last, sha256 }
  }
  const since = batch.from === null ? null : periodStart(batch.from, frequency)
  const stored = await storedValues(store, id, EIA_SOURCE, since)
  const columns = seriesColumns(values, frequency, { market, publications, stored, nowMs: clock.nowMs(), warn })
  const [result] = await ingest({ store, market, strict, warn, signal }, [
    { columns, source: EIA_SOURCE, simulated: false },
  ])
  const { added, revised, dropped, first, last, sha256 } = result
  return { series: id, unit: columns.unit, frequency, added, revised, dropped, missing, first, last, sha256 }
}

function noRows(id: string, batch: EiaBatch, missing: number): ContangoError {
  const window = batch.from === null && batch.to === null ? '' : ' in the window asked for'
  return new ContangoError(
    'noData',
    'EIA_NO_ROWS',
    missing > 0
      ? `EIA ${batch.route} lists ${id} without a single value${window}`
      : `EIA ${batch.route} has no rows for ${id}${window}`,
    `check the id and its route at eia.gov/opendata/browser/${batch.route}`,
    { series: id, route: batch.route },
  )
}

function notTried(batch: EiaBatch): ContangoError {
  return new ContangoError('source', 'NOT_TRIED', 'not asked for any more: EIA did not answer before', 'try later', {
    route: batch.route,
  })
}

function once(say: (message: string) => void): (message: string) => void {
  let said = false
  return (message) => {
    if (!said) say(message)
    said = true
  }
}
