import type { Chart } from '../../lib/charts/chart.js'
import { historyChart } from '../../lib/charts/specs/history-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { opecOn, type OpecAnswer } from '../../lib/desk/opec-on.js'
import { opecTable, opecView } from '../../lib/desk/opec-view.js'
import type { FundamentalsOpecData } from '../../lib/documents/fundamentals-opec.js'
import { dayFromCivil, isoFromDay } from '../../lib/kernel/day.js'

export default class FundamentalsOpec extends ContangoCommand {
  static override summary = 'OPEC+: production against quotas by country, compliance, spare capacity'
  static override description =
    "Production, capacity and spare capacity of EIA's monthly outlook in the vintages known on --as-of, against the quotas " +
    'of your file. Compliance is the cut over the pledged cut, of groups by sums. Definitions in docs/fundamentals.md.'
  static override examples = [
    '<%= config.bin %> fundamentals opec',
    '<%= config.bin %> fundamentals opec --month 2025-06 --json',
    '<%= config.bin %> fundamentals opec --chart -o opec.svg',
  ]
  static override baseFlags = chartingFlags
  static override flags = {
    month: flags.month({ summary: 'The month; by default the last one with production by country.' }),
  }

  protected async answer(ctx: Context): Promise<Report<FundamentalsOpecData>> {
    const { month } = this.input(FundamentalsOpec).flags
    const first = month === undefined ? null : dayFromCivil(Math.floor(month / 100), month % 100, 1)
    const answer = await opecOn(ctx, first)
    const { asOf, data } = answer
    return { asOf, data, rows: opecTable(data), view: opecView(data), chart: () => draw(answer) }
  }
}

function draw({ asOf, data, pictures, sources, simulated }: OpecAnswer): Chart {
  const { total, spare, month } = data
  const [first] = spare
  const title =
    total === null
      ? `${first?.name ?? 'OPEC'}: ${first?.spare?.toFixed(2) ?? 'no'} million b/d spare`
      : `${total.members} members with a quota: compliance ${total.compliance?.toFixed(0) ?? 'undefined'} %`
  return historyChart({
    title,
    subtitle: `${total === null ? 'Spare capacity' : 'Crude production against quotas'} until ${month.slice(0, 7)}`,
    unit: 'million b/d',
    series: pictures,
    zeroLine: false,
    simulated,
    source: sources.join(', '),
    asOf: isoFromDay(asOf),
  })
}
