import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { dataLsData, dataLsTable, dataLsView } from '../../lib/desk/data-ls-view.js'
import { takeInForReading } from '../../lib/sources/quotes/take-in.js'
import type { DataLsData } from '../../lib/documents/data-ls.js'
import { DATASET_KINDS } from '../../lib/market/dataset.js'

export default class DataLs extends ContangoCommand {
  static override summary = 'What is in the lake: every dataset with its source, unit, days and fingerprint'
  static override description =
    'One row per dataset, from the catalogue; nothing is opened. A name that several sources have stands here once ' +
    'for each; readers take the first of sources.priority, and simulated data last.'
  static override examples = [
    '<%= config.bin %> data ls',
    '<%= config.bin %> data ls --kind curves --json',
    '<%= config.bin %> data ls --name CL -f csv',
  ]
  static override flags = {
    kind: flags.choice({
      options: DATASET_KINDS,
      description: 'Only datasets of this kind',
    })(),
    name: flags.name({ description: 'Only this product, symbol, series or ticker' }),
    source: flags.name({ description: 'Only what came from this source' }),
  }

  protected async answer(ctx: Context): Promise<Report<DataLsData>> {
    const { kind, name, source } = this.input(DataLs).flags
    await takeInForReading(ctx)
    const datasets = ctx.store.datasets({ kind, name, source })
    if (datasets.length === 0) {
      const filtered = kind !== undefined || name !== undefined || source !== undefined
      const all = filtered ? ctx.store.datasets().length : 0
      ctx.note(
        all > 0
          ? `none of the ${all} datasets in the lake fits; contango data ls lists them`
          : 'the lake is empty; contango fetch sim or contango fetch csv FILE fills it',
      )
    }
    return {
      asOf: null,
      data: dataLsData(datasets),
      rows: dataLsTable(datasets),
      view: [{ table: dataLsView(datasets) }],
    }
  }
}
