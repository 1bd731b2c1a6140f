import { z } from 'zod'
import { seriesFetch } from './parts/series-fetch.js'

export const FetchEiaData = z
  .strictObject({
    baseHost: seriesFetch.baseHost,
    presets: z.array(z.string()).describe('Presets that were asked for'),
    keyless: z.boolean().describe('From the CSV tables of the weekly report; false: from the API'),
    dryRun: seriesFetch.dryRun,
    series: seriesFetch.series,
    planned: seriesFetch.planned,
  })
  .describe('What was fetched from EIA into the lake')

export type FetchEiaData = z.infer<typeof FetchEiaData>
