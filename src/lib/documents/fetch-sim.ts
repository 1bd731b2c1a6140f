import { z } from 'zod'
import { DatasetKind } from './parts/dataset-kind.js'

const SimulatedDataset = z
  .strictObject({
    kind: DatasetKind.describe('bars: front-month OHLCV; curves: settlements by rank; series: weekly figures'),
    name: z.string().describe('Product key, or the id of a weekly series'),
    source: z.literal('sim').describe('Simulated data is filed under this name only'),
    unit: z.string().describe('Unit of prices or values'),
    rows: z.int().describe('Rows in the lake after the write'),
    added: z.int().describe('Rows that were not there before'),
    revised: z.int().describe('Rows whose numbers differ from what was there: another seed, or other parameters'),
    removed: z.int().describe('Rows that were there and are not part of this window or number of ranks'),
    first: z.string().nullable().describe('First day or period, YYYY-MM-DD; null where no row passed the quality gate'),
    last: z.string().nullable().describe('Last day or period, YYYY-MM-DD; null likewise'),
    sha256: z
      .string()
      .nullable()
      .describe('Fingerprint of the columns: equal for equal seed, window, ranks and parameters'),
  })
  .describe('One dataset of the simulated source')

export const FetchSimData = z
  .strictObject({
    seed: z.int().describe('The seed: one seed is one world, of which the window is a part'),
    from: z.string().describe('First day of the window, YYYY-MM-DD'),
    to: z.string().describe('Last day of the window, YYYY-MM-DD'),
    simulated: z.literal(true).describe('None of these numbers was ever traded'),
    datasets: z.array(SimulatedDataset).describe('What the lake now holds, by kind and name'),
  })
  .describe('A simulated market written to the lake')

export type FetchSimData = z.infer<typeof FetchSimData>
