import type { Chart } from '../../lib/charts/chart.js'
import { spreadsChart } from '../../lib/charts/specs/spreads-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { inventoryOn, type InventoryAnswer } from '../../lib/desk/inventory-on.js'
import { inventoryTable, inventoryView } from '../../lib/desk/inventory-view.js'
import { signedText } from '../../lib/desk/number-text.js'
import type { FundamentalsInventoryData } from '../../lib/documents/fundamentals-inventory.js'
import { isoFromDay } from '../../lib/kernel/day.js'

export default class FundamentalsInventory extends ContangoCommand {
  static override summary = 'Stocks: level, change, surprise, season, days of supply, Cushing'
  static override description =
    'EIA weekly stocks in their last week as it was known on --as-of: change against what was expected, that surprise in ' +
    'standard deviations of the year before, the level against the same week of five years, days of supply, Cushing ' +
    'against its capacity. The expectation is that of --consensus FILE, else a model, and says so. Series, windows and ' +
    'capacities stand in config/fundamentals.yaml; definitions in docs/fundamentals.md.'
  static override examples = [
    '<%= config.bin %> fundamentals inventory',
    '<%= config.bin %> fundamentals inventory crude cushing --as-of 2023-06-30 --json',
    '<%= config.bin %> fundamentals inventory --chart -o stocks.svg',
  ]
  static override baseFlags = chartingFlags
  static override args = {
    name: args.string({
      multiple: true,
      ignoreStdin: true,
      description: 'crude, cushing, gasoline …; all of config/fundamentals.yaml by default',
    }),
  }
  static override flags = {
    consensus: flags.file({ summary: 'Expected changes: period, series, change (in kbbl).' }),
  }

  protected async answer(ctx: Context): Promise<Report<FundamentalsInventoryData>> {
    const { args, flags } = this.input(FundamentalsInventory)
    const { readConsensus } = await import('../../lib/sources/user-file/consensus.js')
    const file = flags.consensus
    const consensus = file === undefined ? null : await readConsensus(ctx.resolveFile(file), ctx.signal)
    const answer = await inventoryOn(ctx, { names: args.name ?? [], consensus })
    const { asOf, data } = answer
    return { asOf, data, rows: inventoryTable(data), view: inventoryView(data), chart: () => draw(answer) }
  }
}

function draw({ asOf, data, pictures, sources, simulated }: InventoryAnswer): Chart {
  const [{ title, level, change }] = data.series
  return spreadsChart({
    asOf: isoFromDay(asOf),
    title: `${title} stocks ${(level / 1000).toFixed(1)} million bbl, ${signedText(change === null ? null : change / 1000, 1)} on the week`,
    spreads: pictures.map((picture) => ({
      ...picture,
      label: picture.title,
      value: picture.values[picture.values.length - 1],
      signed: false,
      digits: 1,
    })),
    bandLabel: `same week of the ${data.assumptions.years} years before`,
    simulated,
    source: sources.join(', '),
  })
}
