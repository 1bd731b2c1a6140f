import { z } from 'zod'
import { DatasetKind } from './parts/dataset-kind.js'

export const FetchStatusData = z
  .strictObject({
    probed: z.boolean().describe('Each source was asked just now; else nothing went over the network'),
    sources: z
      .array(
        z.strictObject({
          source: z.string().describe('bloomberg, cftc, eia …'),
          mode: z
            .enum(['live', 'simulated', 'disconnected', 'connection-error'])
            .describe(
              'live: the last fetch, or the probe, got an answer; disconnected: not chosen, no key, or not asked yet',
            ),
          reason: z.string().nullable().describe('Why it is not live'),
          key: z.enum(['set', 'missing', 'none-needed']).describe('Whether its key is set; it is never shown'),
          lastRunAt: z.string().nullable().describe('Start of the last fetch, ISO 8601 UTC'),
          lastExitCode: z.int().nullable().describe('How that ended'),
          lastErrorCode: z.string().nullable().describe('Why it did not end well'),
          datasets: z.int().describe('Datasets of it in the lake'),
          subscribedTickers: z
            .array(z.string())
            .describe('What `quotes --watch` subscribes where it is not told; empty for others than Bloomberg'),
          watching: z
            .array(
              z.strictObject({
                tickers: z.array(z.string()).describe('What it has subscribed'),
                since: z.string().describe('Start of the stream, ISO 8601 UTC'),
              }),
            )
            .describe('Every `quotes --watch` that runs now on it'),
        }),
      )
      .describe('By name'),
    series: z
      .array(
        z.strictObject({
          kind: DatasetKind.describe('Kind of dataset'),
          name: z.string().describe('Product, symbol or series id'),
          source: z.string().describe('Source in the lake'),
          last: z.string().describe('Last settlement, session or period, YYYY-MM-DD'),
          updatedAt: z.string().nullable().describe('When its file was last written, ISO 8601 UTC'),
        }),
      )
      .describe('Every dataset of the lake'),
  })
  .describe('Which sources answer, and how fresh the lake is')

export type FetchStatusData = z.infer<typeof FetchStatusData>
