import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { inspectDataset, inspectTable, inspectView } from '../../lib/desk/inspect-dataset.js'
import { DATASET_KINDS } from '../../lib/market/dataset.js'
import { requestedDatasets } from '../../lib/desk/requested-datasets.js'
import { takeInForReading } from '../../lib/sources/quotes/take-in.js'
import type { DataInspectData } from '../../lib/documents/data-inspect.js'

export default class DataInspect extends ContangoCommand {
  static override summary = 'Look into a dataset: columns, extremes, missing values, holes, last rows'
  static override description =
    'Every kind and source of the name, unless --kind and --source say otherwise. A series is shown with all its ' +
    'vintages; --as-of leaves out what was not known yet.'
  static override examples = [
    '<%= config.bin %> data inspect CL',
    '<%= config.bin %> data inspect CL --kind curves --json',
    '<%= config.bin %> data inspect WCESTUS1 --rows 8 --as-of 2023-06-30',
  ]
  static override args = {
    name: args.string({ required: true, description: 'Product, symbol or series, as data ls lists it' }),
  }
  static override flags = {
    kind: flags.choice({ options: DATASET_KINDS, description: 'Only this kind' })(),
    source: flags.name({ description: 'Only what came from this source' }),
    rows: flags.integer({ default: 5, min: 0, max: 1000, description: 'How many of the last rows to show' }),
  }

  protected async answer(ctx: Context): Promise<Report<DataInspectData>> {
    const { args, flags } = this.input(DataInspect)
    const { store, market } = ctx
    const datasets: DataInspectData['datasets'] = []
    await takeInForReading(ctx)
    for (const info of requestedDatasets(store, { name: args.name, kind: flags.kind, source: flags.source })) {
      const read = await store.readDataset(info, { asOf: ctx.requestedAsOf ?? undefined, vintages: true })
      datasets.push(inspectDataset(market, info, read, flags.rows))
      ctx.signal.throwIfAborted()
    }
    const data = { datasets }
    return { asOf: ctx.requestedAsOf, data, rows: inspectTable(data), view: inspectView(data) }
  }
}
