import { z } from 'zod'
import { DatasetKind } from './parts/dataset-kind.js'

const Value = z.union([z.string(), z.number()]).nullable()

const Column = z.strictObject({
  name: z.string().describe('As in the Parquet file'),
  type: z.enum(['date', 'timestamp', 'integer', 'number']).describe('DATE, TIMESTAMP, INT32 or DOUBLE in the file'),
  missing: z.int().describe('Rows without a value'),
  min: Value.describe('Smallest value; null where there is none'),
  max: Value.describe('Largest value'),
  last: Value.describe('Value of the last row; null where that row has none'),
})

const Dataset = z.strictObject({
  kind: DatasetKind,
  name: z.string().describe('Product, symbol or series id'),
  source: z.string(),
  simulated: z.boolean().describe('Made by the built-in simulator: not market data'),
  unit: z.string().describe('Unit of the prices or values'),
  frequency: z.enum(['daily', 'weekly', 'monthly']).nullable().describe('Of a series; null elsewhere'),
  knownOnFrom: z
    .enum(['vendor', 'rule'])
    .nullable()
    .describe('Where the known-on dates of a series come from; null elsewhere'),
  rows: z.int(),
  days: z.int().describe('Different days or periods'),
  contracts: z.int().nullable().describe('Different contracts of a curve; null elsewhere'),
  vintages: z
    .int()
    .nullable()
    .describe('Values of a series that were published again with another value; null elsewhere'),
  first: z.string().nullable().describe('First day or period'),
  last: z.string().nullable().describe('Last day or period'),
  sha256: z.string().describe('Of the rows that were read'),
  columns: z.array(Column).describe('In the order of the file'),
  gaps: z
    .array(
      z.strictObject({
        before: z.string().describe('First day after the hole'),
        days: z.int().describe('Bars and curves: business days missing. Series: calendar days since the period before'),
      }),
    )
    .describe('Holes of five business days or more; of a daily, weekly, monthly series over 12, 21, 62 calendar days'),
  findings: z
    .array(z.strictObject({ reason: z.string(), rows: z.int() }))
    .describe('What the quality gate says of the stored rows, see docs/data-quality.md'),
  lastRows: z.array(z.record(z.string(), Value)).describe('The last rows as they are stored, oldest first'),
})

export const DataInspectData = z
  .strictObject({ datasets: z.array(Dataset).describe('Every kind and source of the name, or those asked for') })
  .describe('What a dataset holds')
export type DataInspectData = z.infer<typeof DataInspectData>
