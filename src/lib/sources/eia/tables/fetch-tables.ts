import type { EiaSection } from '../../../config/sections/eia.js'
import { isoFromDay } from '../../../kernel/day.js'
import { ContangoError } from '../../../kernel/errors.js'
import type { ErrorAnswer } from '../../http/client.js'
import { fetchSeries, type FetchedSeries, type FetchSeriesOptions } from '../../series/fetch-series.js'
import type { VendorValues } from '../../series/vendor-values.js'
import { EIA_SOURCE } from '../fetch-eia.js'
import { tablesOf, type TableBatch } from './plan-tables.js'
import { readReportTable, type ReportTable, type WeekValue } from './read-table.js'

export interface FetchTablesOptions extends FetchSeriesOptions<TableBatch> {
  readonly config: EiaSection
  readonly baseUrl: string
}

export function tableUrl(baseUrl: string, { file }: TableBatch): URL {
  return new URL(`${baseUrl}/${file}`)
}

/** Fetches tables of the weekly report into the series that the API has, see {@link fetchSeries}. No key is sent. */
export function fetchTables({ config, baseUrl, ...options }: FetchTablesOptions): Promise<FetchedSeries[]> {
  const { missingValues } = config
  const tables = tablesOf(config.tables)
  return fetchSeries<TableBatch>(
    {
      source: EIA_SOURCE,
      name: 'EIA',
      http: config.http,
      cacheMegabytes: config.cacheMegabytes,
      key: null,
      headers: { accept: 'text/csv, */*;q=0.5', 'user-agent': tables.userAgent },
      fetchBatch: async (batch, http) => {
        const { file } = batch
        const form = { file, missingValues, ...tables.headings }
        const { value, cached } = await http.get(tableUrl(baseUrl, batch), {
          form: 'text',
          read: (document) => readReportTable(document as string, form),
          refusal: (answer) => tableRefusal(answer, file),
          cacheTtlMs: tables.cacheMinutes * 60_000,
        })
        const values = new Map(batch.ids.map((id) => [id, valuesOf(id, value, batch)]))
        return { values, requests: 1, cached }
      },
      noRows,
    },
    options,
  )
}

/** The weeks of one series within the window; a row that cannot be read is the failure of its series alone. */
function valuesOf(id: string, report: ReportTable, { places, from, to }: TableBatch): VendorValues | ContangoError {
  const { labels, unit, factor } = places.get(id)!
  let weeks: WeekValue[]
  try {
    weeks = report.row(labels)
  } catch (error) {
    if (error instanceof ContangoError) return error
    throw error
  }
  const within = weeks.filter(({ week }) => week >= (from ?? -Infinity) && week <= (to ?? Infinity))
  const given = within.flatMap(({ week, value }) => (value === null ? [] : [{ week, value }]))
  return {
    id,
    unit,
    vendorUnit: unit,
    period: Int32Array.from(given, ({ week }) => week),
    // 426.398 million barrels are 426,398 thousand: the product of a decimal and 1,000 is not whole by itself
    value: Float64Array.from(given, ({ value }) => Number((value * factor).toFixed(3))),
    missing: within.length - given.length,
  }
}

function tableRefusal({ status }: ErrorAnswer, file: string): { error: ContangoError; retry: boolean } | null {
  if (status === 404) {
    const error = new ContangoError(
      'source',
      'EIA_TABLE_NOT_FOUND',
      `EIA has no ${file} where it is looked for`,
      'look at eia.gov/petroleum/supply/weekly for where it is now, then eia.tablesUrl of the settings',
      { file, status },
    )
    return { error, retry: false }
  }
  if (status === 403) {
    const error = new ContangoError(
      'source',
      'EIA_FORBIDDEN',
      `EIA answered 403 for ${file}`,
      'its site turns some programs away: try later, or tables.userAgent in config/eia.yaml',
      { file, status },
    )
    return { error, retry: true }
  }
  return null
}

function noRows(id: string, { file, from, to }: TableBatch, missing: number): ContangoError {
  const window =
    from === null && to === null
      ? ''
      : ` from ${from === null ? 'the first' : isoFromDay(from)} to ${to === null ? 'the last' : isoFromDay(to)}`
  return new ContangoError(
    'noData',
    'EIA_NO_ROWS',
    missing > 0 ? `EIA's ${file} shows no number of ${id}` : `EIA's ${file} has no week of ${id}${window}`,
    'the tables hold the last two weeks and the same week of earlier years; the API has the history',
    { series: id, file },
  )
}
