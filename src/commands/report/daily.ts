import { BookReportCommand } from '../../lib/cli/book-report-command.js'
import { bookReportFlags } from '../../lib/cli/report-flags.js'

export default class ReportDaily extends BookReportCommand {
  static override summary =
    'The risk report of a book on one page: limits, P&L explained, VaR, stress, market, data quality'
  static override description =
    'Writes reports/daily-DATE.html in the workspace, or the .html or .md file that -o names. The page is a pure function of ' +
    'the documents of positions, limits check, pnl, var, var backtest, stress, prices, curve, spreads, signals and ' +
    'fundamentals: it makes them, or reads them with --from. A limit in breach exits 10. docs/reports.md'
  static override examples = [
    '<%= config.bin %> report daily --book example',
    '<%= config.bin %> report daily --book example -o daily.md --charts pictures --json',
  ]
  static override ownEndings = ['.html', '.md']
  static override flags = bookReportFlags
  protected readonly days = 1
  protected readonly fileName = 'daily'
}
