import { numberText } from '../lib/charts/number-text.js'
import { ladderChart } from '../lib/charts/specs/ladder-chart.js'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { flags } from '../lib/cli/flags.js'
import { chartingFlags } from '../lib/cli/global-flags.js'
import type { Report } from '../lib/cli/report.js'
import { bookOn } from '../lib/desk/book-on.js'
import { stressOn } from '../lib/desk/stress-on.js'
import { byLoss, marksOf, stressTable, stressView } from '../lib/desk/stress-view.js'
import type { StressData } from '../lib/documents/stress.js'

export default class Stress extends ContangoCommand {
  static override summary =
    'What a book gains or loses in measured crises, factor shocks, a replay, and what breaches a limit'
  static override description =
    'Scenarios stand in config/scenarios.yaml; add your own there. A product without a measured shock takes a declared ' +
    'proxy (proxied) or says notShocked, never 0. The reverse stress is the likeliest move that loses a limit.'
  static override examples = [
    '<%= config.bin %> stress --book example',
    '<%= config.bin %> stress --book example --scenario neg_wti --scenario gfc_collapse --json',
    '<%= config.bin %> stress --book example --chart -o stress.svg',
  ]
  static override baseFlags = chartingFlags
  static override flags = {
    book: flags.book({ required: true, summary: 'A book of config/portfolios, or a .yaml, .json or .csv file.' }),
    scenario: flags.string({
      multiple: true,
      helpValue: 'ID',
      summary: 'Only these scenarios; repeatable. All by default.',
    }),
    'replay-from': flags.date({ summary: 'Walk today’s book through the past, day by day, from this day.' }),
    'replay-to': flags.date({ summary: 'Last day of the replay.', dependsOn: ['replay-from'] }),
    'reverse-loss-usd': flags.number({
      min: 0.01,
      summary: 'Loss of the reverse stress, USD; the limits on VaR and daily drawdown by default.',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<StressData>> {
    const { flags } = this.input(Stress)
    const from = flags['replay-from']
    const book = await bookOn(ctx, flags.book)
    const data = await stressOn(ctx, book, {
      ids: flags.scenario ?? [],
      replay: from === undefined ? undefined : { from, to: flags['replay-to'] },
      reverseLossUsd: flags['reverse-loss-usd'],
    })
    const ladder = byLoss(data.scenarios).filter(({ pnlUsd }) => pnlUsd !== null)
    const worst = ladder.find(({ id }) => id === data.worst)
    return {
      asOf: book.asOf,
      data,
      rows: stressTable(data),
      view: stressView(data),
      chart: () =>
        ladderChart({
          title: worst
            ? `${data.title}: worst of ${ladder.length} scenarios is ${worst.name}, ${numberText((worst.pnlUsd ?? 0) / 1e6, 2, true)} million USD`
            : `${data.title}: no scenario loses`,
          subtitle: 'P&L of each scenario at the settlements of the day, million USD, worst first',
          unit: 'million USD',
          digits: 2,
          bars: ladder.map((scenario) => ({
            label: scenario.name,
            value: (scenario.pnlUsd ?? 0) / 1e6,
            note: marksOf(scenario) ?? undefined,
          })),
          simulated: book.simulated,
          source: book.sources.join(', '),
          asOf: data.date,
        }),
    }
  }
}
