import { z } from 'zod'
import { DatasetKind } from './parts/dataset-kind.js'

export const DataLsData = z
  .strictObject({
    datasets: z
      .array(
        z.strictObject({
          kind: DatasetKind.describe(
            'bars: daily open, high, low, close; curves: settlements by contract; intraday: bars of some minutes; ' +
              'series: one number a period; ticks: quotes as they came',
          ),
          name: z.string().describe('Product, symbol, series id or ticker'),
          source: z.string().describe('csv, eia, sim, or what --source-name said'),
          simulated: z.boolean().describe('Made by the built-in simulator: not market data'),
          unit: z.string().describe('Unit of the prices or values'),
          rows: z.int().describe('Rows in its files; every vintage of a series is one'),
          first: z.string().describe('First day or period, YYYY-MM-DD'),
          last: z.string().describe('Last day or period, YYYY-MM-DD; of a forecast it may lie ahead'),
          sha256: z.string().describe('Fingerprint of all columns, see docs/store.md'),
          path: z
            .string()
            .describe('The Parquet file or, of ticks and intraday, their folder, relative to the data folder'),
          files: z.int().describe('Parquet files: one, or of ticks and intraday as many as the days and months take'),
        }),
      )
      .describe('By kind, name and source; empty where the lake holds none'),
  })
  .describe('What is in the lake')
export type DataLsData = z.infer<typeof DataLsData>
