import type { Column } from '../../cli/table.js'
import type { Report } from '../../cli/report.js'
import type { SeriesFetch } from '../../documents/parts/series-fetch.js'
import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import type { FetchedSeries } from './fetch-series.js'

/** What was fetched, as an answer; `asked` is what the vendor's document says besides. */
export function fetchedReport<Asked extends object>(
  baseUrl: string,
  asked: Asked,
  fetched: readonly FetchedSeries[],
): Report<SeriesFetch & Asked> {
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
    data: { ...asked, baseHost: new URL(baseUrl).host, dryRun: false, series, planned: [] },
    rows: { length, columns: [...shown, count('requests'), cached, text('sha256')] },
    view: [{ table: { length, columns: shown } }],
  }
}

/** What would be asked: the first page of each request, with the key hidden. */
export function plannedReport<Asked extends object>(
  baseUrl: string,
  asked: Asked,
  planned: readonly { readonly url: string; readonly series: readonly string[] }[],
): Report<SeriesFetch & Asked> {
  const { length } = planned
  return {
    asOf: null,
    data: {
      ...asked,
      baseHost: new URL(baseUrl).host,
      dryRun: true,
      series: [],
      planned: planned.map(({ url, series }) => ({ url, series: [...series] })),
    },
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
