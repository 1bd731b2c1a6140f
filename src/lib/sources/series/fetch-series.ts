import { join } from 'node:path'
import pLimit from 'p-limit'
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
import { once } from '../http/once.js'
import { policyOf } from '../http/policy-of.js'
import { ingest } from '../ingest.js'
import { failedSeries, isFatal, isOutage, type SeriesFailure } from './outcome.js'
import { periodStart } from './period.js'
import { seriesColumns } from './series-columns.js'
import type { BatchValues, SeriesBatch, SeriesVendor } from './series-vendor.js'
import { storedValues } from './stored-values.js'
import type { VendorValues } from './vendor-values.js'

/** What a fetch of series needs besides the vendor. */
export interface FetchSeriesOptions<Batch extends SeriesBatch> {
  readonly publications: Publications
  readonly market: Market
  readonly store: Store
  readonly dataDir: string
  readonly batches: readonly Batch[]
  /** False under `--no-cache`. */
  readonly readCache: boolean
  readonly strict: boolean
  /** Draws the jitter of the back-off; null for none. */
  readonly rng: Rng | null
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly log: (event: HttpEvent) => void
  readonly warn: (code: string, message: string) => void
  readonly onBatch: (batch: Batch) => void
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
export async function fetchSeries<Batch extends SeriesBatch>(
  vendor: SeriesVendor<Batch>,
  options: FetchSeriesOptions<Batch>,
): Promise<FetchedSeries[]> {
  const { batches, signal, clock, warn } = options
  const redact = createRedactor(vendor.key === null ? [] : [vendor.key])
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const cache = createDiskCache({
    folder: join(options.dataDir, 'cache', 'http'),
    maxBytes: vendor.cacheMegabytes * 1e6,
    reading: options.readCache,
    redact,
    clock,
    onTrouble: once((message) => warn('CACHE', `answers cannot be kept on disk: ${message}`)),
  })
  const http = createHttpClient({
    vendor: vendor.name,
    policy: policyOf(vendor.http),
    clock,
    rng: options.rng,
    redact,
    signal: either,
    log: options.log,
    warn,
    cache,
    headers: vendor.headers,
  })

  let outages = 0
  const limit = pLimit(vendor.http.concurrency)
  const answers = batches.map((batch) =>
    limit(async (): Promise<BatchValues | ContangoError> => {
      try {
        either.throwIfAborted()
        if (outages >= vendor.http.giveUpAfterFailures) return notTried(vendor.name, batch)
        const answer = await vendor.fetchBatch(batch, http, redact)
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
  const failures: SeriesFailure[] = []
  try {
    for (const [i, batch] of batches.entries()) {
      const answer = await answers[i]
      if (answer instanceof ContangoError) {
        failures.push(...batch.ids.map((series) => ({ series, error: answer })))
      } else {
        await storeBatch(vendor, batch, answer, options, done, failures)
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
      vendor.name,
      failures,
      done.map(({ series }) => series),
    )
  }
  return done
}

async function storeBatch<Batch extends SeriesBatch>(
  vendor: SeriesVendor<Batch>,
  batch: Batch,
  { values, requests, cached }: BatchValues,
  options: FetchSeriesOptions<Batch>,
  done: FetchedSeries[],
  failures: SeriesFailure[],
): Promise<void> {
  for (const id of batch.ids) {
    options.signal.throwIfAborted()
    try {
      const given = values.get(id)!
      if (given instanceof ContangoError) throw given
      done.push({ ...(await storeSeries(vendor, given, batch, options)), requests, cached })
    } catch (error) {
      if (isFatal(error)) throw error
      failures.push({ series: id, error: error as ContangoError })
    }
  }
}

async function storeSeries<Batch extends SeriesBatch>(
  vendor: SeriesVendor<Batch>,
  values: VendorValues,
  batch: Batch,
  options: FetchSeriesOptions<Batch>,
): Promise<Omit<FetchedSeries, 'requests' | 'cached'>> {
  const { store, market, publications, strict, warn, signal, clock } = options
  const { source, name } = vendor
  const { id, missing } = values
  const { frequency } = batch
  if (values.period.length === 0) {
    const info = store.pick('series', id, source)
    if (info === null) throw vendor.noRows(id, batch, missing)
    const { unit, first, last, sha256 } = info
    return { series: id, unit, frequency, added: 0, revised: 0, dropped: 0, missing, first, last, sha256 }
  }
  const since = batch.from === null ? null : periodStart(batch.from, frequency)
  const stored = await storedValues(store, id, source, since)
  const context = { vendor: name, market, publications, stored, nowMs: clock.nowMs(), warn }
  const columns = seriesColumns(values, frequency, context)
  const [result] = await ingest({ store, market, strict, warn, signal }, [{ columns, source, simulated: false }])
  const { added, revised, dropped, first, last, sha256 } = result
  return { series: id, unit: columns.unit, frequency, added, revised, dropped, missing, first, last, sha256 }
}

function notTried(vendor: string, { ids }: SeriesBatch): ContangoError {
  return new ContangoError(
    'source',
    'NOT_TRIED',
    `not asked for any more: ${vendor} did not answer before`,
    'try later',
    { series: ids },
  )
}
