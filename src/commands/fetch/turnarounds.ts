import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { FetchTurnaroundsData } from '../../lib/documents/fetch-turnarounds.js'

export default class FetchTurnarounds extends ContangoCommand {
  static override summary = 'Take refinery turnarounds from a file of yours'
  static override description =
    'A table of maintenance: refinery, unit, region, capacity_kbd, start, end, announced. It becomes the mean capacity ' +
    'offline of each week, by region and in all, with the vintages in which it became known. The file is described in ' +
    'docs/sources-turnarounds.md; a row that does not fit refuses all of it.'
  static override examples = [
    '<%= config.bin %> fetch turnarounds turnarounds.csv',
    '<%= config.bin %> fetch turnarounds turnarounds.csv --json',
  ]
  static override args = { file: args.file({ required: true, description: 'CSV, NDJSON or Parquet' }) }

  protected async answer(ctx: Context): Promise<Report<FetchTurnaroundsData>> {
    const { args } = this.input(FetchTurnarounds)
    const { readTurnarounds, TURNAROUND_SERIES } = await import('../../lib/sources/user-file/turnarounds.js')
    const { importSeries } = await import('../../lib/sources/user-file/import-series.js')
    const calendar = ctx.market.calendar('NYMEX')
    const weeks = await readTurnarounds(ctx.resolveFile(args.file), calendar, ctx.signal)
    return importSeries(ctx, weeks, TURNAROUND_SERIES)
  }
}
