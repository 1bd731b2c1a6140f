import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { flags } from '../lib/cli/flags.js'
import type { Report } from '../lib/cli/report.js'
import { tradeOf } from '../lib/desk/limits-on.js'
import { pnlOn } from '../lib/desk/pnl-on.js'
import { pnlTable, pnlView } from '../lib/desk/pnl-view.js'
import type { PnlData } from '../lib/documents/pnl.js'

export default class Pnl extends ContangoCommand {
  static override summary =
    'What a book earned on one day, and why: carry, level, slope, curvature, spreads, trades, costs'
  static override description =
    'From the settlement before to that of the date, contract by contract, so that no roll gap is in it. The parts add up ' +
    'to the P&L; what the curves do not explain is the residual, and above 5 % a warning. Definitions: docs/pnl.md.'
  static override examples = [
    '<%= config.bin %> pnl --book example',
    '<%= config.bin %> pnl --book example --trade "buy 10 CL1 @ 71.20" --cost-usd-per-lot 2.5 --json',
  ]
  static override flags = {
    book: flags.book({ required: true, summary: 'A book of config/portfolios, or a .yaml, .json or .csv file.' }),
    trade: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'TRADE',
      summary: 'A trade of the day that is in the book: "buy 10 CLZ6 @ 71.20"; may be repeated.',
    }),
    'cost-usd-per-lot': flags.number({ min: 0, default: 0, summary: 'Of a trade, per lot; a roll pays twice.' }),
  }

  protected async answer(ctx: Context): Promise<Report<PnlData>> {
    const { flags } = this.input(Pnl)
    const { book, data } = await pnlOn(ctx, {
      book: flags.book,
      trades: (flags.trade ?? []).map((text) => tradeOf(text, 'trade of the day')),
      costUsdPerLot: flags['cost-usd-per-lot'],
    })
    return { asOf: book.asOf, data, rows: pnlTable(data), view: pnlView(data) }
  }
}
