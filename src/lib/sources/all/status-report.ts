import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '../../cli/report.js'
import type { FetchStatusData } from '../../documents/fetch-status.js'
import { isoFromDay } from '../../kernel/day.js'
import type { DatasetInfo } from '../../store/types.js'
import type { SourceStatus } from './source-status.js'

interface StatusInput {
  readonly probed: boolean
  readonly statuses: readonly SourceStatus[]
  readonly datasets: readonly DatasetInfo[]
  readonly dataDir: string
  readonly tickers: readonly string[]
}

/** Sources first, then every dataset with the time of its last write. */
export async function statusReport(input: StatusInput): Promise<Report<FetchStatusData>> {
  const { probed, statuses, datasets, dataDir, tickers } = input
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

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
