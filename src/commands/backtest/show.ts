import { backtestPictureFlags } from '../../lib/cli/backtest-flags.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { backtestView, metricsTable } from '../../lib/desk/backtest-view.js'
import { historyOfKept } from '../../lib/desk/backtest-history.js'
import { keptBacktest } from '../../lib/desk/kept-backtest.js'
import { drawnBacktest } from '../../lib/reports/backtest/drawn-backtest.js'
import { requireReportFile } from '../../lib/reports/require-report-file.js'
import type { BacktestShowData } from '../../lib/documents/backtest-show.js'

export default class BacktestShow extends ContangoCommand {
  static override summary = 'A back-test that was kept, as it was answered then'
  static override description =
    'RUN is last, the beginning of the id that backtest --keep printed, or a file that backtest -o wrote. Nothing is run again: ' +
    'contango verify does that.'
  static override examples = [
    '<%= config.bin %> backtest show last',
    '<%= config.bin %> backtest show result.json --json',
    '<%= config.bin %> backtest show last -o report.html',
  ]
  static override baseFlags = chartingFlags
  static override needsWorkspace = false
  static override ownEndings = ['.html']
  static override args = {
    run: args.string({ required: true, description: 'last, the beginning of an id, or a result file (.json)' }),
  }
  static override flags = { ...backtestPictureFlags }

  protected async answer(ctx: Context): Promise<Report<BacktestShowData>> {
    const { args, flags } = this.input(BacktestShow)
    requireReportFile(flags.report)
    const kept = await keptBacktest(ctx, args.run)
    ctx.relyOn(kept.inputs)
    for (const { code, message } of kept.warnings) ctx.warn(code, message)
    const { id, file, sha256, params, data } = kept
    const report = this.ownOutput ?? flags.report
    const drawn = { panel: this.wantsChart ? flags.panel : null, report, charts: flags.charts }
    const { chart, afterDocument } = await drawnBacktest(ctx, drawn, (cone) => historyOfKept(ctx, kept, cone))
    return {
      asOf: kept.asOf,
      data: { ...data, run: { id, file, sha256, params } },
      rows: metricsTable(data),
      view: backtestView(data),
      chart,
      onDocument: afterDocument,
    }
  }
}
