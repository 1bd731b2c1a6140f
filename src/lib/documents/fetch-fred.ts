import { z } from 'zod'
import { seriesFetch } from './parts/series-fetch.js'

export const FetchFredData = z
  .strictObject({
    baseHost: seriesFetch.baseHost,
    presets: z.array(z.string()).describe('Presets that were asked for'),
    dryRun: seriesFetch.dryRun,
    series: seriesFetch.series,
    planned: seriesFetch.planned,
  })
  .describe('What was fetched from FRED into the lake')

export type FetchFredData = z.infer<typeof FetchFredData>
