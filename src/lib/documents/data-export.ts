import { z } from 'zod'
import { DatasetKind } from './parts/dataset-kind.js'

export const DataExportData = z
  .strictObject({
    kind: DatasetKind,
    name: z.string().describe('Product, symbol or series id'),
    source: z.string(),
    simulated: z.boolean().describe('Made by the built-in simulator: not market data'),
    unit: z.string().describe('Unit of the prices or values'),
    vintages: z.boolean().describe('Every vintage of a series, not only the one in force'),
    rows: z.int(),
    first: z.string().nullable().describe('First day or period; null without rows'),
    last: z.string().nullable(),
    sha256: z.string().describe('Fingerprint of the rows: that of inputs[]'),
    file: z.string().nullable().describe('Base name of the Parquet file that was written; null for other forms'),
    columns: z
      .array(
        z.strictObject({
          name: z.string(),
          type: z.enum(['boolean', 'date', 'integer', 'number', 'text']),
          values: z
            .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
            .nullable()
            .describe('One for each row; null where a Parquet file carries them'),
        }),
      )
      .describe('Column by column'),
  })
  .describe('A dataset of the lake, whole or in part')
export type DataExportData = z.infer<typeof DataExportData>
