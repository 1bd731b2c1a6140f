import { basename } from 'node:path'
import { compareChart } from '../../lib/charts/specs/compare-chart.js'
import { assertFlag, backtestFlags } from '../../lib/cli/backtest-flags.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { assertionTrip } from '../../lib/desk/assertion-trip.js'
import { backtestRequest } from '../../lib/desk/backtest-request.js'
import { comparands } from '../../lib/desk/comparands.js'
import { compareBacktests } from '../../lib/desk/compare-backtests.js'
import { compareEquityTable, compareTable, compareView } from '../../lib/desk/compare-view.js'
import { requireTableFile } from '../../lib/desk/table-file.js'
import type { BacktestCompareData } from '../../lib/documents/backtest-compare.js'
import { isoFromDay } from '../../lib/kernel/day.js'
import { writeAtomic } from '../../lib/runtime/write-atomic.js'
import type { PriceBarsFile } from '../../lib/sources/csv/price-bars-file.js'

export default class BacktestCompare extends ContangoCommand {
  static override summary =
    'Several back-tests side by side: metrics, correlation, one account of all, differences of Sharpe'
  static override description =
    'Each RUN is a strategy with its instrument and parameters in one word ("ma-crossover wti --fast 5"), a file that backtest -o ' +
    'wrote, or a kept run (last, the beginning of an id). A product by itself is what strategies without one trade. Runs are ' +
    'compared on the days that all of them have; what is left out is listed. Formulas: docs/backtest-robustness.md.'
  static override examples = [
    '<%= config.bin %> backtest compare ma-crossover buy-hold wti',
    '<%= config.bin %> backtest compare result.json buy-hold.json --json',
    '<%= config.bin %> backtest compare "ma-crossover wti --fast 5 --slow 20" "zscore-spread brent" last --assert "pair1.pValue<=1"',
  ]
  static override baseFlags = chartingFlags
  static override needsWorkspace = false
  static override args = {
    runs: args.string({
      multiple: true,
      required: true,
      ignoreStdin: true,
      description:
        'Strategies with their parameters, result files, kept runs, and the product of strategies without one',
    }),
  }
  static override flags = {
    ...backtestFlags,
    draws: flags.integer({ min: 100, max: 100_000, default: 2000, summary: 'Paired bootstrap draws.' }),
    block: flags.number({
      min: 1,
      max: 10_000,
      summary: 'Mean block in days; chosen after Politis and White by default.',
    }),
    level: flags.number({ min: 0.5, max: 0.999, default: 0.95, summary: 'Of every interval.' }),
    equity: flags.file({ summary: 'Write equity of every run by common day (.csv, .ndjson, .parquet).' }),
    assert: assertFlag,
  }

  protected async answer(ctx: Context): Promise<Report<BacktestCompareData>> {
    const { args, flags } = this.input(BacktestCompare)
    if (flags.equity !== undefined) requireTableFile(flags.equity)
    let bars: Promise<PriceBarsFile> | null = null
    const runs = await comparands(ctx, args.runs, (line) => ({
      ...backtestRequest(line, flags, (file) => {
        bars ??= import('../../lib/sources/csv/price-bars-file.js').then(({ readPriceBars }) =>
          readPriceBars(ctx.resolveFile(file), basename(file), true, ctx.signal),
        )
        return bars
      }),
      assertions: [],
    }))
    const { draws, block = null, level, assert = [] } = flags
    const comparison = await compareBacktests(ctx, runs, { draws, block, level, assertions: assert })
    const { data } = comparison
    if (flags.equity !== undefined) {
      const { tableFile } = await import('../../lib/desk/table-file.js')
      const bytes = await tableFile(basename(flags.equity), compareEquityTable(comparison), {})
      await writeAtomic(ctx.resolveFile(flags.equity), bytes, ctx.signal)
      ctx.note(`wrote ${basename(flags.equity)}`)
    }
    const asOf = Math.max(...runs.map((run) => run.asOf))
    return {
      asOf,
      data,
      rows: compareTable(data),
      view: compareView(data),
      chart: () =>
        compareChart({
          ...comparison,
          simulated: runs.some(({ simulated }) => simulated),
          source: [...new Set(runs.map(({ source }) => source))].join(', '),
          asOf: isoFromDay(asOf),
        }),
      trip: assertionTrip(data.assertions),
    }
  }
}
