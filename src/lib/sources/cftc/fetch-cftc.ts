import type { CftcSection } from '../../config/sections/cftc.js'
import { ContangoError } from '../../kernel/errors.js'
import type { HttpClient } from '../http/client.js'
import { fetchSeries, type FetchedSeries, type FetchSeriesOptions } from '../series/fetch-series.js'
import type { BatchValues } from '../series/series-vendor.js'
import { mapRows } from './map.js'
import type { CftcBatch } from './plan.js'
import { cftcRefusal } from './refusal.js'
import { requestUrl } from './request-url.js'
import { readCftcPage, type CftcRow } from './schema.js'

export const CFTC_SOURCE = 'cftc'

export interface FetchCftcOptions extends FetchSeriesOptions<CftcBatch> {
  readonly config: CftcSection
  readonly baseUrl: string
  /** null asks without one. */
  readonly token: string | null
}

/** Fetches Commitments of Traders into the lake, see {@link fetchSeries}. */
export function fetchCftc({ config, baseUrl, token, ...options }: FetchCftcOptions): Promise<FetchedSeries[]> {
  return fetchSeries<CftcBatch>(
    {
      source: CFTC_SOURCE,
      name: 'CFTC',
      http: config.http,
      cacheMegabytes: config.cacheMegabytes,
      key: token,
      ...(token === null ? {} : { headers: { 'x-app-token': token } }),
      fetchBatch: (batch, http, redact) => allPages(batch, http, redact, config, baseUrl),
      noRows,
    },
    options,
  )
}

/** Page after page until one is empty: the site does not say how many rows there are, and a short page need not be the last. */
async function allPages(
  batch: CftcBatch,
  http: HttpClient,
  redact: (text: string) => string,
  config: CftcSection,
  baseUrl: string,
): Promise<BatchValues> {
  const rows: CftcRow[] = []
  let requests = 0
  let cached = true
  for (;;) {
    const got = await http.get(requestUrl(baseUrl, batch, rows.length, config.pageRows), {
      read: (document) => readCftcPage(document, batch),
      refusal: (answer) => cftcRefusal(answer, batch.resource, redact),
      cacheTtlMs: config.cacheMinutes * 60_000,
    })
    requests++
    cached &&= got.cached
    if (got.value.length === 0) break
    rows.push(...got.value)
  }
  return { values: mapRows(rows, batch), requests, cached }
}

function noRows(id: string, { report, from, to }: CftcBatch): ContangoError {
  const window = from === null && to === null ? '' : ' in the window asked for'
  return new ContangoError(
    'noData',
    'CFTC_NO_ROWS',
    `the CFTC's ${report} report has no rows for ${id}${window}`,
    'check the contract market code at cftc.gov; a market under 20 reporting traders is not published',
    { series: id, report },
  )
}
