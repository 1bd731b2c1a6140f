import type { FredSection } from '../../config/sections/fred.js'
import type { EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { HttpClient } from '../http/client.js'
import { fetchSeries, type FetchedSeries, type FetchSeriesOptions } from '../series/fetch-series.js'
import type { BatchValues } from '../series/series-vendor.js'
import type { VendorValues } from '../series/vendor-values.js'
import type { FredBatch } from './plan.js'
import { fredRefusal } from './refusal.js'
import { requestUrl } from './request-url.js'
import { readFredPage, type FredRow } from './schema.js'

export const FRED_SOURCE = 'fred'

export interface FetchFredOptions extends FetchSeriesOptions<FredBatch> {
  readonly config: FredSection
  readonly baseUrl: string
  readonly key: string
}

/** Fetches series of FRED into the lake, see {@link fetchSeries}. */
export function fetchFred({ config, baseUrl, key, ...options }: FetchFredOptions): Promise<FetchedSeries[]> {
  return fetchSeries<FredBatch>(
    {
      source: FRED_SOURCE,
      name: 'FRED',
      http: config.http,
      cacheMegabytes: config.cacheMegabytes,
      key,
      fetchBatch: (batch, http, redact) => allPages(batch, http, redact, { config, baseUrl, key }),
      noRows,
    },
    options,
  )
}

/** So often is a series begun again when it changes between two of its pages. */
const MAX_RESTARTS = 2

async function allPages(
  batch: FredBatch,
  http: HttpClient,
  redact: (text: string) => string,
  { config, baseUrl, key }: Pick<FetchFredOptions, 'config' | 'baseUrl' | 'key'>,
): Promise<BatchValues> {
  let requests = 0
  for (let restart = 0; restart <= MAX_RESTARTS; restart++) {
    const rows: FredRow[] = []
    let cached = true
    let count: number | null = null
    let moved = false
    while (count === null || rows.length < count) {
      const got = await http.get(requestUrl(baseUrl, batch, rows.length, config.pageRows, key), {
        read: (document) => readFredPage(document, batch.id, config.missingValues),
        refusal: (answer) => fredRefusal(answer, batch.id, redact),
        // A second try must not read the page that did not fit.
        cacheTtlMs: restart === 0 ? config.cacheMinutes * 60_000 : 0,
      })
      requests++
      cached &&= got.cached
      moved = count !== null && got.value.count !== count
      if (moved) break
      count = got.value.count
      if (got.value.rows.length === 0) break
      rows.push(...got.value.rows)
    }
    // Every day once: a server that repeats a page fills up the count too.
    if (moved || new Set(rows.map(({ day }) => day)).size !== count) continue
    return { values: new Map([[batch.id, valuesOf(rows, batch)]]), requests, cached }
  }
  throw new ContangoError(
    'source',
    'FRED_INCOMPLETE',
    `FRED gave another number of rows for ${batch.id} than it announced, ${MAX_RESTARTS + 1} times`,
    'try again in a few minutes: a release may be under way',
    { series: batch.id },
  )
}

function valuesOf(rows: readonly FredRow[], { id, unit }: FredBatch): VendorValues {
  const given = rows.flatMap(({ day, value }): [EpochDay, number][] => (value === null ? [] : [[day, value]]))
  given.sort(([a], [b]) => a - b)
  return {
    id,
    unit,
    vendorUnit: null,
    period: Int32Array.from(given, ([day]) => day),
    value: Float64Array.from(given, ([, value]) => value),
    missing: rows.length - given.length,
  }
}

function noRows(id: string, { from, to }: FredBatch, missing: number): ContangoError {
  const window = from === null && to === null ? '' : ' in the window asked for'
  return new ContangoError(
    'noData',
    'FRED_NO_ROWS',
    missing > 0 ? `FRED lists ${id} without a single value${window}` : `FRED has no rows for ${id}${window}`,
    `look at fred.stlouisfed.org/series/${id}`,
    { series: id },
  )
}
