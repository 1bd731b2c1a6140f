import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import type { Report } from '../../lib/cli/report.js'
import { keptList, keptListTable } from '../../lib/desk/kept-list.js'
import type { BacktestKeptData } from '../../lib/documents/backtest-kept.js'

export default class BacktestKept extends ContangoCommand {
  static override summary = 'Back-tests that --keep left in the workspace'
  static override examples = ['<%= config.bin %> backtest kept', '<%= config.bin %> backtest kept --json']

  protected async answer(ctx: Context): Promise<Report<BacktestKeptData>> {
    const data = await keptList(ctx)
    const none = { lines: ['none: contango backtest ma-crossover wti --keep'] }
    return {
      asOf: null,
      data,
      rows: keptListTable(data),
      view: data.runs.length === 0 ? [none] : [{ table: keptListTable(data) }],
    }
  }
}
