import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { checkedLake, checkTable } from '../../lib/desk/check-lake.js'
import { requestedDatasets } from '../../lib/desk/requested-datasets.js'
import type { DataCheckData } from '../../lib/documents/data-check.js'
import { takeInRecordings } from '../../lib/sources/quotes/take-in.js'

export default class DataCheck extends ContangoCommand {
  static override summary = 'Is the lake sound? Every file against the catalogue, every row through the quality gate'
  static override description =
    'Opens each file, computes its fingerprint anew, looks for files that the catalogue does not know and for what a ' +
    'killed write left, and asks the quality gate about the stored rows. A problem exits 10; what the gate wonders ' +
    'about is counted and does not. --rebuild makes the catalogue anew from the files first.'
  static override examples = [
    '<%= config.bin %> data check',
    '<%= config.bin %> data check CL RB --json',
    '<%= config.bin %> data check --rebuild',
  ]
  static override args = {
    names: args.string({ multiple: true, ignoreStdin: true, description: 'Only these products, symbols, series or tickers' }),
  }
  static override flags = {
    rebuild: flags.boolean({ description: 'Make the catalogue anew from the files of the lake, then check' }),
  }

  protected async answer(ctx: Context): Promise<Report<DataCheckData>> {
    const { args, flags } = this.input(DataCheck)
    const { store, signal } = ctx
    const { dataDir } = ctx.workspace
    if (flags.rebuild) await takeInRecordings({ store, signal, dataDir, market: ctx.market, warn: ctx.warn })
    const rebuilt = flags.rebuild ? await store.rebuild(signal) : null
    const names = args.names && args.names.length > 0 ? args.names : null
    for (const name of names ?? []) requestedDatasets(store, { name })
    const data = await checkedLake(ctx.market, await store.check(names, signal), rebuilt, signal)
    const { checked, problems } = data
    const rows = checkTable(data)
    const remarkable = checkTable({ ...data, checked: checked.filter((file) => file.findings.length > 0) })
    if (rows.length === 0) ctx.note('the lake is empty: nothing to check')
    const refused = checked.reduce((sum, file) => sum + file.refused, 0)
    if (refused > 0)
      ctx.warn('ROWS_REFUSED_TODAY', `the quality gate would not let ${refused} of the stored rows in today`)
    const summary = `${checked.length} file${checked.length === 1 ? '' : 's'} sound, ${problems.length} problem${problems.length === 1 ? '' : 's'}`
    return {
      asOf: null,
      data,
      rows,
      view: [
        ...(rebuilt
          ? [{ lines: [`Catalogue rebuilt from ${rebuilt.datasets} files, ${rebuilt.skipped.length} left out`] }]
          : []),
        ...(remarkable.length > 0 ? [{ table: remarkable }] : []),
        { lines: [summary] },
      ],
      trip:
        problems.length === 0
          ? undefined
          : { code: 'LAKE_UNSOUND', message: `${summary}: ${problems[0].path}: ${problems[0].message}` },
    }
  }
}
