import { ladderChart } from '../../lib/charts/specs/ladder-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { bookOn } from '../../lib/desk/book-on.js'
import { breachText, limitsOn } from '../../lib/desk/limits-on.js'
import { limitsTable, limitsView } from '../../lib/desk/limits-view.js'
import type { LimitsCheckData } from '../../lib/documents/limits-check.js'

export default class LimitsCheck extends ContangoCommand {
  static override summary = 'Holds a book against its limits; a breach exits 10 and every breach is listed'
  static override description =
    'Limits stand in config/risk_limits.yaml; MAX_VAR_LIMIT, MAX_GROSS_EXPOSURE, MAX_NET_EXPOSURE, MAX_DRAWDOWN_DAILY, ' +
    'MAX_WTI_CONTRACTS and others override them. What cannot be measured is unknown, never ok.'
  static override examples = [
    '<%= config.bin %> limits check --book example',
    '<%= config.bin %> limits check --book example --json',
    '<%= config.bin %> limits check --book example --chart -o limits.svg',
  ]
  static override baseFlags = chartingFlags
  static override flags = {
    book: flags.book({ required: true, summary: 'A book of config/portfolios, or a .yaml, .json or .csv file.' }),
  }

  protected async answer(ctx: Context): Promise<Report<LimitsCheckData>> {
    const { flags } = this.input(LimitsCheck)
    const book = await bookOn(ctx, flags.book)
    const data = await limitsOn(ctx, book)
    const used = data.limits.filter(({ utilisation }) => utilisation !== null)
    return {
      asOf: book.asOf,
      data,
      rows: limitsTable(data),
      view: limitsView(data),
      chart: () =>
        ladderChart({
          title:
            data.breaches.length === 0
              ? `${book.title}: no limit breached`
              : `${book.title}: ${data.breaches.length} of ${data.limits.length} limits breached`,
          subtitle: `Use of each limit in per cent${data.unknown.length > 0 ? ` · unknown: ${data.unknown.join(', ')}` : ''}`,
          unit: '% of limit',
          digits: 0,
          signed: false,
          bars: used.map(({ name, utilisation, status }) => ({
            label: name,
            value: 100 * (utilisation ?? 0),
            note: status === 'ok' ? undefined : status,
          })),
          mark: { value: 100, label: 'limit' },
          simulated: book.simulated,
          source: book.sources.join(', '),
          asOf: data.date,
        }),
      ...(data.breaches.length > 0 ? { trip: { code: 'LIMIT_BREACH', message: breachText(data.limits) } } : {}),
    }
  }
}
