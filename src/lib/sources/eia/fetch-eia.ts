import type { EiaSection } from '../../config/sections/eia.js'
import { ContangoError } from '../../kernel/errors.js'
import { fetchSeries, type FetchedSeries, type FetchSeriesOptions } from '../series/fetch-series.js'
import { fetchBatch } from './client.js'
import { mapRows } from './map.js'
import type { EiaBatch } from './plan-batches.js'

export const EIA_SOURCE = 'eia'

export interface FetchEiaOptions extends FetchSeriesOptions<EiaBatch> {
  readonly config: EiaSection
  readonly baseUrl: string
  readonly key: string
}

/** Fetches batches of EIA's series into the lake, see {@link fetchSeries}. */
export function fetchEia({ config, baseUrl, key, ...options }: FetchEiaOptions): Promise<FetchedSeries[]> {
  const { pageRows, missingValues } = config
  const { warn } = options
  return fetchSeries<EiaBatch>(
    {
      source: EIA_SOURCE,
      name: 'EIA',
      http: config.http,
      cacheMegabytes: config.cacheMegabytes,
      key,
      fetchBatch: async (batch, http, redact) => {
        const client = { http, baseUrl, key, pageRows, missingValues, redact, warn }
        const { rows, requests, cached } = await fetchBatch(batch, client)
        return { values: mapRows(rows, batch, config.units), requests, cached }
      },
      noRows,
    },
    options,
  )
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
