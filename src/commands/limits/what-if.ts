import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { breachText, limitsWhatIf, tradeOf } from '../../lib/desk/limits-on.js'
import { limitsTable, limitsView, whatIfColumns } from '../../lib/desk/limits-view.js'
import type { LimitsWhatIfData } from '../../lib/documents/limits-what-if.js'

export default class LimitsWhatIf extends ContangoCommand {
  static override summary = 'Limits of a book with trades that are not done yet, beside those without them'
  static override description =
    'A trade is "buy LOTS CONTRACT" or "sell LOTS CONTRACT", at the settlement unless it has a "@ price".'
  static override examples = [
    '<%= config.bin %> limits what-if --book example --trade "buy 10 CL1"',
    '<%= config.bin %> limits what-if --book example --trade "sell 20 BRN2" --trade "buy 20 CL2" --json',
  ]
  static override flags = {
    book: flags.book({ required: true, summary: 'A book of config/portfolios, or a .yaml, .json or .csv file.' }),
    trade: flags.string({ required: true, multiple: true, helpValue: 'TRADE', summary: '"buy 10 CLZ6"; repeatable.' }),
    strategy: flags.string({ default: 'what-if', summary: 'Strategy under which the trades would stand.' }),
  }

  protected async answer(ctx: Context): Promise<Report<LimitsWhatIfData>> {
    const { flags } = this.input(LimitsWhatIf)
    const trades = flags.trade.map((text) => tradeOf(text, flags.strategy))
    const { book, data } = await limitsWhatIf(ctx, flags.book, trades)
    return {
      asOf: book.asOf,
      data,
      rows: limitsTable(data, whatIfColumns(data)),
      view: limitsView(data),
      ...(data.breaches.length > 0 ? { trip: { code: 'LIMIT_BREACH', message: breachText(data.limits) } } : {}),
    }
  }
}
