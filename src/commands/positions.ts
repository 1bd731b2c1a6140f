import { ladderChart } from '../lib/charts/specs/ladder-chart.js'
import { numberText } from '../lib/charts/number-text.js'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { flags } from '../lib/cli/flags.js'
import { chartingFlags } from '../lib/cli/global-flags.js'
import type { Report } from '../lib/cli/report.js'
import { bookOn } from '../lib/desk/book-on.js'
import { positionsOf } from '../lib/desk/positions-on.js'
import { positionsTable, positionsView } from '../lib/desk/positions-view.js'
import type { PositionsData } from '../lib/documents/positions.js'

export default class Positions extends ContangoCommand {
  static override summary =
    'What a book holds: lots, settlements, notional, barrels, margin; by product, tenor, strategy'
  static override description =
    'A book is a file of config/portfolios or any YAML, JSON or CSV file. Positions within five business days of their ' +
    'last trading day are flagged with the spot-month limit; a contract that did not settle that day is listed as stale.'
  static override examples = [
    '<%= config.bin %> positions --book example',
    '<%= config.bin %> positions --book example --json',
    '<%= config.bin %> positions --book example --chart -o positions.svg',
  ]
  static override baseFlags = chartingFlags
  static override flags = {
    book: flags.book({ required: true, summary: 'A book of config/portfolios, or a .yaml, .json or .csv file.' }),
  }

  protected async answer(ctx: Context): Promise<Report<PositionsData>> {
    const { flags } = this.input(Positions)
    const book = await bookOn(ctx, flags.book)
    const data = positionsOf(ctx, book)
    const { netUsd, grossUsd } = data.total
    return {
      asOf: book.asOf,
      data,
      rows: positionsTable(data),
      view: positionsView(data),
      chart: () =>
        ladderChart({
          title: `${data.title}: net ${numberText(netUsd / 1e6, 1, true)} of gross ${numberText(grossUsd / 1e6, 1)} million USD`,
          subtitle: 'Notional of each position at its settlement, million USD; bought to the right, sold to the left',
          unit: 'million USD',
          digits: 2,
          bars: data.positions.map(({ position, notionalUsd, strategy }) => ({
            label: position.endsWith(strategy) ? position : `${position} · ${strategy}`,
            value: notionalUsd / 1e6,
          })),
          simulated: book.simulated,
          source: book.sources.join(', '),
          asOf: data.date,
        }),
    }
  }
}
