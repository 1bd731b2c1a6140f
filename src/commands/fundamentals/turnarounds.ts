import { dateText } from '../../lib/charts/date-text.js'
import { historyChart } from '../../lib/charts/specs/history-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import type { Table } from '../../lib/cli/table.js'
import { turnaroundsOn } from '../../lib/desk/turnarounds-on.js'
import type { FundamentalsTurnaroundsData } from '../../lib/documents/fundamentals-turnarounds.js'
import { isoFromDay } from '../../lib/kernel/day.js'

export default class FundamentalsTurnarounds extends ContangoCommand {
  static override summary = 'Refinery capacity offline for maintenance, by week and region'
  static override description =
    'From the turnarounds of your file (contango fetch turnarounds), as they were announced by --as-of: mean kb/d offline in ' +
    'each week ending on a Friday. Definitions in docs/fundamentals.md.'
  static override examples = [
    '<%= config.bin %> fundamentals turnarounds',
    '<%= config.bin %> fundamentals turnarounds --from 2024-02-01 --json',
    '<%= config.bin %> fundamentals turnarounds --chart -o offline.svg',
  ]
  static override baseFlags = chartingFlags
  static override flags = {
    from: flags.date({ summary: 'First week; by default the first of the file.' }),
    to: flags.date({ summary: 'Last week; by default the last of the file.' }),
  }

  protected async answer(ctx: Context): Promise<Report<FundamentalsTurnaroundsData>> {
    const { from = null, to = null } = this.input(FundamentalsTurnarounds).flags
    const answer = await turnaroundsOn(ctx, { from, to })
    const { asOf, data, pictures, sources, simulated } = answer
    const rows = weekTable(data)
    const all = data.regions.find(({ region }) => region === 'ALL')
    return {
      asOf,
      data,
      rows,
      view: [{ title: 'Refinery capacity offline, kb/d', table: rows }],
      chart: () =>
        historyChart({
          title: `Refinery maintenance peaks at ${all?.peak.toFixed(0) ?? '0'} kb/d in the week to ${dateText(all?.peakWeek ?? data.to)}`,
          subtitle: `Mean capacity offline by week, announced by ${dateText(asOf)}`,
          unit: 'kb/d',
          digits: 0,
          series: pictures,
          zeroLine: true,
          simulated,
          source: sources.join(', '),
          asOf: isoFromDay(asOf),
        }),
    }
  }
}

function weekTable({ weeks, regions }: FundamentalsTurnaroundsData): Table {
  return {
    length: weeks.length,
    columns: [
      { name: 'period', header: 'week to', kind: 'text', values: weeks.map(({ period }) => period) },
      ...regions.map(({ region }) => ({
        name: region,
        kind: 'number' as const,
        digits: 0,
        values: weeks.map(({ offline }) => offline[region]),
      })),
    ],
  }
}
