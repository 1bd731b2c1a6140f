import { z } from 'zod'
import { DatasetKind } from './parts/dataset-kind.js'

const ImportedFile = z
  .strictObject({
    file: z.string().describe('Base name; `stdin` for `-`'),
    format: z.enum(['csv', 'ndjson', 'parquet']).describe('What the bytes are'),
    layout: z
      .enum(['ranks', 'contracts', 'series', 'bars', 'vintages', 'positions', 'expiries'])
      .describe('How the columns were understood, see docs/sources-csv.md'),
    sha256: z.string().describe('Of the file’s bytes'),
    rows: z.int().describe('Rows under the header'),
    missing: z.int().describe('Cells without a value: blank, NaN, NA, null, `.` or `-`'),
    datasets: z.int().describe('Datasets that the file holds'),
    expiries: z
      .strictObject({
        rows: z.int().describe('Contracts in the table'),
        agree: z.int().describe('Last trading days equal to the exchange’s rule'),
        mislabelled: z
          .int()
          .describe('Last trading days of a contract one or two months from the one that the row names'),
        differ: z
          .array(
            z.strictObject({
              line: z.int().describe('Line of the file'),
              contract: z.string().describe('Contract code, such as CLF24'),
              lastTradingDay: z.string().describe('As the file says, YYYY-MM-DD'),
              rule: z.string().describe('As the rule says, YYYY-MM-DD'),
            }),
          )
          .describe('Rows that no contract nearby explains'),
      })
      .nullable()
      .describe(
        'For a table of last trading days: how it compares with the rule. Nothing of it is stored; null elsewhere',
      ),
  })
  .describe('One file of the call')

const ImportedDataset = z
  .strictObject({
    kind: DatasetKind.describe(
      'bars: daily open, high, low, close; curves: settlements by contract; series: one number a period',
    ),
    name: z.string().describe('Product, symbol or series id'),
    source: z.string().describe('As `--source-name` says'),
    unit: z.string().describe('Unit of the prices or values'),
    read: z.int().describe('Rows in the files'),
    rows: z.int().nullable().describe('Rows in the lake after the import; null in a dry run'),
    added: z.int().nullable().describe('Rows that the lake did not have; null in a dry run'),
    revised: z
      .int()
      .nullable()
      .describe('Rows whose value differs from what the lake had (series: new vintages); null in a dry run'),
    dropped: z.int().nullable().describe('Rows that the quality gate refused, see findings; null in a dry run'),
    flagged: z.int().nullable().describe('Rows that were kept with a warning, see findings; null in a dry run'),
    first: z.string().nullable().describe('First day or period, YYYY-MM-DD: of the lake, in a dry run of the files'),
    last: z.string().nullable().describe('Last day or period, YYYY-MM-DD: of the lake, in a dry run of the files'),
    sha256: z.string().nullable().describe('Fingerprint of the dataset in the lake; null in a dry run'),
  })
  .describe('One dataset of the files')

const Finding = z
  .strictObject({
    series: z.string().describe('Product, symbol or series id'),
    day: z.string().describe('Day or period of the row, YYYY-MM-DD'),
    what: z.string().describe('Contract code, column or field'),
    value: z.number().nullable().describe('The number in question, in the dataset’s unit; null where there is none'),
    reason: z.string().describe('Named reason, see docs/data-quality.md'),
    action: z.enum(['dropped', 'kept']).describe('A dropped row is not in the lake; a kept one is, with this warning'),
  })
  .describe('One row that the quality gate names')

export const FetchCsvData = z
  .strictObject({
    dryRun: z.boolean().describe('True where `--dry-run` only looked: nothing was checked by the gate or stored'),
    files: z.array(ImportedFile).describe('In the order of the command line'),
    datasets: z.array(ImportedDataset).describe('By kind and name'),
    findings: z
      .array(Finding)
      .describe('What the quality gate dropped or flagged, at most 50 rows of each dataset; empty in a dry run'),
    ignoredColumns: z
      .array(
        z.strictObject({
          file: z.string().describe('Base name'),
          column: z.string().describe('Name in the file’s header'),
          reason: z.string().describe('Why nothing of it was imported'),
        }),
      )
      .describe('Columns of which nothing was imported'),
  })
  .describe('Files imported into the lake: all of them or, where one cannot be read, none')

export type FetchCsvData = z.infer<typeof FetchCsvData>
