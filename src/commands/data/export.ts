import { basename } from 'node:path'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { datasetTable } from '../../lib/desk/dataset-table.js'
import { exportData, exportView } from '../../lib/desk/export-dataset.js'
import { DATASET_KINDS } from '../../lib/market/dataset.js'
import { requestedDataset } from '../../lib/desk/requested-datasets.js'
import { takeInForReading } from '../../lib/sources/quotes/take-in.js'
import type { DataExportData } from '../../lib/documents/data-export.js'
import { writeAtomic } from '../../lib/runtime/write-atomic.js'

export default class DataExport extends ContangoCommand {
  static override summary = 'Take a dataset out of the lake: CSV, NDJSON, Arrow, Parquet or JSON'
  static override description =
    'The columns as they are stored, ascending, with the contract codes of a curve. A series is given as it was known ' +
    'on --as-of (by default its newest vintages); --vintages gives every one. The ending of -o FILE picks the form.'
  static override examples = [
    '<%= config.bin %> data export CL --kind curves --from 2023-12-01 -o crude.csv',
    '<%= config.bin %> data export CL --kind curves -o crude.parquet',
    '<%= config.bin %> data export WCESTUS1 --vintages --as-of 2023-06-30 -f ndjson',
  ]
  static override ownEndings = ['.parquet']
  static override args = {
    name: args.string({ required: true, description: 'Product, symbol or series, as data ls lists it' }),
  }
  static override flags = {
    kind: flags.choice({
      options: DATASET_KINDS,
      description: 'Which kind, where the name has several',
    })(),
    source: flags.name({ description: 'From this source; by default the first of sources.priority' }),
    from: flags.date({ description: 'First day or period' }),
    to: flags.date({ description: 'Last day or period' }),
    vintages: flags.boolean({ description: 'Every vintage of a series' }),
  }

  protected async answer(ctx: Context): Promise<Report<DataExportData>> {
    const { args, flags } = this.input(DataExport)
    const { kind, source, from, to, vintages } = flags
    await takeInForReading(ctx)
    const info = requestedDataset(ctx.store, { name: args.name, kind, source })
    const read = await ctx.store.readDataset(info, { from, to, asOf: ctx.requestedAsOf ?? undefined, vintages })
    const table = datasetTable(ctx.market, read.columns)
    if (table.length === 0) ctx.note('no rows in this window; contango data inspect shows the first and the last')
    const file = this.ownOutput === null ? null : basename(this.ownOutput)
    const data = exportData(info, read, table, { vintages, file })
    if (this.ownOutput === null) return { asOf: ctx.requestedAsOf, data, rows: table, view: [exportView(table)] }
    const { tableParquet } = await import('../../lib/desk/table-parquet.js')
    const { name, unit, simulated } = data
    const bytes = tableParquet(table, {
      name,
      unit,
      kind: data.kind,
      source: data.source,
      simulated: String(simulated),
    })
    await writeAtomic(ctx.resolveFile(this.ownOutput), bytes, ctx.signal)
    ctx.note(`wrote ${file}`)
    return {
      asOf: ctx.requestedAsOf,
      data,
      rows: table,
      view: [{ lines: [`${table.length} rows of ${data.kind} ${name} (${unit}) from ${data.source}`] }],
    }
  }
}
