import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report, Section } from '../../cli/report.js'
import type { FetchStatusData } from '../../documents/fetch-status.js'
import { isoFromDay } from '../../kernel/day.js'
import type { DatasetInfo } from '../../store/types.js'
import type { Subscription } from '../quotes/subscriptions.js'
import type { SourceStatus } from './source-status.js'

interface StatusInput {
  readonly probed: boolean
  readonly statuses: readonly SourceStatus[]
  readonly datasets: readonly DatasetInfo[]
  readonly dataDir: string
  /** What `quotes --watch` subscribes where it is not told. */
  readonly tickers: readonly string[]
  readonly running: readonly Subscription[]
}

/** Sources first, then every dataset with the time of its last write. */
export async function statusReport(input: StatusInput): Promise<Report<FetchStatusData>> {
  const { probed, statuses, datasets, dataDir, tickers, running } = input
  const series = await Promise.all(
    datasets.map(async ({ kind, name, source, last, files }) => {
      // the newest of its files; one that is gone is for `data check` to say
      const newest = files.reduce((a, b) => (b.last >= a.last ? b : a))
      const file = await stat(join(dataDir, newest.path)).catch(() => null)
      return { kind, name, source, last: isoFromDay(last), updatedAt: file === null ? null : isoTime(file.mtimeMs) }
    }),
  )
  const sources = statuses.map(({ lastRunAtMs, ...status }) => ({
    ...status,
    lastRunAt: lastRunAtMs === null ? null : isoTime(lastRunAtMs),
    datasets: datasets.filter(({ source }) => source === status.source).length,
    subscribedTickers: status.source === 'bloomberg' ? [...tickers] : [],
    watching: running
      .filter(({ source }) => source === status.source)
      .map((one) => ({ tickers: [...one.tickers], since: isoTime(one.sinceMs) })),
  }))
  const rows = series.map((one) => ({
    ...one,
    mode: sources.find(({ source }) => source === one.source)?.mode ?? null,
  }))
  return {
    asOf: null,
    data: { probed, sources, series },
    rows: {
      length: rows.length,
      columns: (['kind', 'name', 'source', 'mode', 'last', 'updatedAt'] as const).map((name) => ({
        name,
        kind: 'text' as const,
        values: rows.map((row) => row[name]),
      })),
    },
    view: [
      {
        title: 'Sources',
        table: {
          length: sources.length,
          columns: [
            { name: 'source', kind: 'text', values: sources.map(({ source }) => source) },
            { name: 'mode', kind: 'text', values: sources.map(({ mode }) => mode) },
            { name: 'key', kind: 'text', values: sources.map(({ key }) => key) },
            { name: 'datasets', kind: 'integer', values: sources.map((one) => one.datasets) },
            {
              name: 'lastRunAt',
              header: 'last fetch',
              kind: 'text',
              values: sources.map(({ lastRunAt }) => lastRunAt),
            },
            { name: 'reason', kind: 'text', values: sources.map(({ reason }) => reason) },
          ],
        },
      },
      ...subscriptionLines(sources),
      {
        title: 'Last update',
        table: {
          length: series.length,
          columns: [
            { name: 'name', kind: 'text', values: series.map(({ name }) => name) },
            { name: 'source', kind: 'text', values: series.map(({ source }) => source) },
            { name: 'last', kind: 'text', values: series.map(({ last }) => last) },
            { name: 'updatedAt', header: 'written', kind: 'text', values: series.map(({ updatedAt }) => updatedAt) },
          ],
        },
      },
      ...(probed ? [] : [{ lines: ['Nothing was asked over the network: --probe asks each source now.'] }]),
    ],
  }
}

/** What streams now, and what Bloomberg's stream would subscribe. */
function subscriptionLines(sources: FetchStatusData['sources']): Section[] {
  const lines = sources.flatMap(({ source, mode, subscribedTickers, watching }) => [
    ...watching.map(({ tickers, since }) => `${source}: ${tickers.join(', ')} since ${since}`),
    ...(watching.length === 0 && mode !== 'disconnected' && subscribedTickers.length > 0
      ? [`${source}: nothing now; quotes --watch subscribes ${subscribedTickers.join(', ')}`]
      : []),
  ])
  return lines.length === 0 ? [] : [{ title: 'Subscribed tickers', lines }]
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
