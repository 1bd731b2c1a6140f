import { z } from 'zod'

export const DataLsData = z
  .strictObject({
    datasets: z
      .array(
        z.strictObject({
          kind: z
            .enum(['bars', 'curves', 'series'])
            .describe(
              'bars: daily open, high, low, close; curves: settlements by contract; series: one number a period',
            ),
          name: z.string().describe('Product, symbol or series id'),
          source: z.string().describe('csv, eia, sim, or what --source-name said'),
          simulated: z.boolean().describe('Made by the built-in simulator: not market data'),
          unit: z.string().describe('Unit of the prices or values'),
          rows: z.int().describe('Rows in the file; every vintage of a series is one'),
          first: z.string().describe('First day or period, YYYY-MM-DD'),
          last: z.string().describe('Last day or period, YYYY-MM-DD; of a forecast it may lie ahead'),
          sha256: z.string().describe('Fingerprint of all columns, see docs/store.md'),
          path: z.string().describe('The Parquet file, relative to the data folder'),
        }),
      )
      .describe('By kind, name and source; empty where the lake holds none'),
  })
  .describe('What is in the lake')
export type DataLsData = z.infer<typeof DataLsData>
