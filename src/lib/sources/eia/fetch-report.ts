import type { Column } from '../../cli/table.js'
import type { Report } from '../../cli/report.js'
import type { FetchEiaData } from '../../documents/fetch-eia.js'
import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import type { FetchedSeries } from './fetch-eia.js'
import type { EiaBatch } from './plan-batches.js'
import { requestUrl } from './request-url.js'

interface Asked {
  readonly baseUrl: string
  readonly presets: readonly string[]
}

/** What was fetched, as an answer. */
export function fetchedReport({ baseUrl, presets }: Asked, fetched: readonly FetchedSeries[]): Report<FetchEiaData> {
  const iso = (day: EpochDay | null): string | null => (day === null ? null : isoFromDay(day))
  const series = fetched.map((one) => ({ ...one, first: iso(one.first), last: iso(one.last) }))
  const text = (name: 'series' | 'unit' | 'frequency' | 'sha256'): Column => ({
    name,
    kind: 'text',
    values: fetched.map((row) => row[name]),
  })
  const count = (name: 'requests' | 'added' | 'revised' | 'dropped' | 'missing'): Column => ({
    name,
    kind: 'integer',
    values: fetched.map((row) => row[name]),
  })
  const date = (name: 'first' | 'last'): Column => ({ name, kind: 'date', values: fetched.map((row) => row[name]) })
  const cached: Column = { name: 'cached', kind: 'boolean', values: fetched.map((row) => row.cached) }
  const shown = [
    text('series'),
    text('unit'),
    text('frequency'),
    count('added'),
    count('revised'),
    count('dropped'),
    count('missing'),
    date('first'),
    date('last'),
  ]
  const { length } = fetched
  return {
    asOf: null,
    data: { baseHost: new URL(baseUrl).host, presets: [...presets], dryRun: false, series, planned: [] },
    rows: { length, columns: [...shown, count('requests'), cached, text('sha256')] },
    view: [{ table: { length, columns: shown } }],
  }
}

/** What would be asked: the first page of each request, with the key hidden. */
export function plannedReport(
  { baseUrl, presets }: Asked,
  batches: readonly EiaBatch[],
  pageRows: number,
): Report<FetchEiaData> {
  const planned = batches.map((batch) => ({
    url: requestUrl(baseUrl, batch, 0, pageRows, '***').href,
    series: [...batch.ids],
  }))
  const { length } = planned
  return {
    asOf: null,
    data: { baseHost: new URL(baseUrl).host, presets: [...presets], dryRun: true, series: [], planned },
    rows: {
      length,
      columns: [
        { name: 'series', kind: 'text', values: planned.map(({ series }) => series.join(' ')) },
        { name: 'url', kind: 'text', values: planned.map(({ url }) => url) },
      ],
    },
    view: [{ lines: planned.map(({ url }) => `GET ${url}`) }],
  }
}
