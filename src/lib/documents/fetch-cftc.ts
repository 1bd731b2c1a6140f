import { z } from 'zod'
import { seriesFetch } from './parts/series-fetch.js'

export const FetchCftcData = z
  .strictObject({
    baseHost: seriesFetch.baseHost,
    codes: z.array(z.string()).describe('Contract market codes that were asked for: 067651 is NYMEX WTI'),
    reports: z.array(z.enum(['legacy', 'disaggregated'])).describe('Reports that were asked for'),
    combined: z.boolean().describe('Futures and options together; else futures only'),
    dryRun: seriesFetch.dryRun,
    series: seriesFetch.series,
    planned: seriesFetch.planned,
  })
  .describe('What was fetched of the Commitments of Traders into the lake')

export type FetchCftcData = z.infer<typeof FetchCftcData>
