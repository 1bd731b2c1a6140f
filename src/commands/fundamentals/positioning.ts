import type { Chart } from '../../lib/charts/chart.js'
import { spreadsChart } from '../../lib/charts/specs/spreads-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { signedText } from '../../lib/desk/number-text.js'
import { positioningOn, type PositioningAnswer } from '../../lib/desk/positioning-on.js'
import { positioningTable, positioningView } from '../../lib/desk/positioning-view.js'
import type { FundamentalsPositioningData } from '../../lib/documents/fundamentals-positioning.js'
import { isoFromDay } from '../../lib/kernel/day.js'

export default class FundamentalsPositioning extends ContangoCommand {
  static override summary = 'Positions of money managers: net, share of open interest, place in three years'
  static override description =
    'Commitments of Traders as they were known on --as-of: managed money where the lake has it, else non-commercial ' +
    'traders. Net is long less short. Percentile, z-score and index look at the last 156 reports. Definitions in ' +
    'docs/fundamentals.md.'
  static override examples = [
    '<%= config.bin %> fundamentals positioning',
    '<%= config.bin %> fundamentals positioning wti --as-of 2023-06-30 --json',
    '<%= config.bin %> fundamentals positioning wti --group non-commercial --chart -o net.svg',
  ]
  static override baseFlags = chartingFlags
  static override args = {
    product: args.string({
      multiple: true,
      ignoreStdin: true,
      description: 'Products with a CFTC contract market; all of config/fundamentals.yaml by default',
    }),
  }
  static override flags = {
    group: flags.choice({ options: ['managed-money', 'non-commercial'] as const })({
      summary: 'Whose positions; managed money, where the lake has it, by default.',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<FundamentalsPositioningData>> {
    const { args, flags } = this.input(FundamentalsPositioning)
    const answer = await positioningOn(ctx, { products: args.product ?? [], group: flags.group ?? null })
    const { asOf, data } = answer
    return { asOf, data, rows: positioningTable(data), view: positioningView(data), chart: () => draw(answer) }
  }
}

function draw({ asOf, data, pictures, sources, simulated }: PositioningAnswer): Chart {
  const [{ name, group, net, percentile, crowded }] = data.markets
  const place = percentile === null ? '' : `, percentile ${percentile.toFixed(0)} of ${data.assumptions.weeks} weeks`
  return spreadsChart({
    asOf: isoFromDay(asOf),
    title: `${name}: ${group} net ${signedText(net / 1000, 0)} thousand contracts${place}${crowded === null ? '' : `, crowded ${crowded}`}`,
    spreads: pictures.map((picture) => ({
      ...picture,
      label: picture.title,
      value: picture.values[picture.values.length - 1],
      digits: 0,
    })),
    simulated,
    source: sources.join(', '),
  })
}
