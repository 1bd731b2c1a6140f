import { BookReportCommand } from '../../lib/cli/book-report-command.js'
import { bookReportFlags } from '../../lib/cli/report-flags.js'

export default class ReportWeekly extends BookReportCommand {
  static override summary = 'The risk report of a book over the last five settlement days'
  static override description =
    'As report daily, with the P&L of five settlement days explained day by day, and the market’s changes over five days.'
  static override examples = [
    '<%= config.bin %> report weekly --book example',
    '<%= config.bin %> report weekly --book example -o weekly.html --json',
  ]
  static override ownEndings = ['.html', '.md']
  static override flags = bookReportFlags
  protected readonly days = 5
  protected readonly fileName = 'weekly'
}
