import { STRATEGIES } from '../../lib/backtest/strategies.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { strategyList, strategyListTable, strategyListView } from '../../lib/desk/strategy-list.js'
import type { BacktestListData } from '../../lib/documents/backtest-list.js'
import { requestedStrategy } from '../../lib/outside/requested-strategy.js'

export default class BacktestList extends ContangoCommand {
  static override summary = 'Strategies that backtest knows, with their rules and parameters'
  static override examples = ['<%= config.bin %> backtest list', '<%= config.bin %> backtest list ma-crossover --json']
  static override needsWorkspace = false
  static override args = {
    strategy: args.string({ description: 'One of them, or a file with a strategy of your own; all without it' }),
  }

  protected async answer(ctx: Context): Promise<Report<BacktestListData>> {
    const { strategy } = this.input(BacktestList).args
    const listed = strategy === undefined ? STRATEGIES : [await requestedStrategy(ctx, strategy)]
    const data = strategyList(listed, strategy === undefined)
    return { asOf: null, data, rows: strategyListTable(data), view: strategyListView(data) }
  }
}
