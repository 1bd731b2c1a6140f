import { basename } from 'node:path'
import { assertFlag, backtestFlags, backtestPictureFlags } from '../../lib/cli/backtest-flags.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { refuseTwoStrategies, strategyFirst } from '../../lib/cli/strategy-first.js'
import { assertionTrip } from '../../lib/desk/assertion-trip.js'
import { parseCapacity } from '../../lib/desk/backtest-capacity.js'
import { backtestOn } from '../../lib/desk/backtest-on.js'
import { backtestRequest } from '../../lib/desk/backtest-request.js'
import { backtestFile, equityTable, fillsTable, tradesTable } from '../../lib/desk/backtest-tables.js'
import { backtestView, metricsTable } from '../../lib/desk/backtest-view.js'
import { requireTableFile } from '../../lib/desk/table-file.js'
import { drawnBacktest } from '../../lib/reports/backtest/drawn-backtest.js'
import { requireReportFile } from '../../lib/reports/require-report-file.js'
import type { BacktestData } from '../../lib/documents/backtest.js'
import { writeAtomic } from '../../lib/runtime/write-atomic.js'

export default class Backtest extends ContangoCommand {
  static override summary = 'Trade a strategy over the past: fills, costs, equity and some fifty metrics'
  static override description =
    'Decides at the close of a bar and fills at the open of the next. Parameters of the strategy stand after --; ' +
    'contango backtest list shows them. INSTRUMENT is a product, which is traded contract by contract at its settlements, so ' +
    'that no roll gap is profit; a spread of config/spreads.yaml, as its legs; a contract; a symbol that the lake has bars of; ' +
    'or several with commas between, in one account. Rules, costs and metrics: docs/backtest.md.'
  static override examples = [
    '<%= config.bin %> backtest ma-crossover wti -- --fast 10 --slow 30',
    '<%= config.bin %> backtest zscore-spread brent --commission-usd 2.5 --slippage 0.01 --json -- --window 40',
    '<%= config.bin %> backtest zscore-spread crack-3-2-1 --slippage-ticks 1 --fills fills.csv',
    '<%= config.bin %> backtest ma-crossover wti,brent --entry limit --entry-offset 0.2 --time-in-force day',
    '<%= config.bin %> backtest buy-hold wti --assert "maxDrawdown>=-1" --equity equity.csv --trades trades.csv',
    '<%= config.bin %> backtest ma-crossover wti --report ma-crossover.html --charts pictures',
  ]
  static override baseFlags = chartingFlags
  static override needsWorkspace = false
  static override passesOn = true
  static override arranged = strategyFirst
  static override args = {
    strategy: args.string({
      required: true,
      description:
        'As contango backtest list names it, a strategy of your own (.ts, .js), or signals (.csv, .parquet, .ndjson)',
    }),
    instrument: args.string({
      description:
        'wti, crack-3-2-1, CLZ23, a symbol of the lake, or wti,brent; with --prices its product, which may be left out',
    }),
  }
  static override flags = {
    ...backtestFlags,
    strategy: flags.strategyFile({ summary: 'Other words for STRATEGY: a file with a strategy of your own.' }),
    'signal-file': flags.strategyFile({ summary: 'Other words for STRATEGY: a file with date and target.' }),
    capacity: flags.string({
      helpValue: 'LOTS,LOTS,…',
      summary: 'Repeat the run at these sizes, with capital in proportion: a curve of what size costs.',
    }),
    equity: flags.file({ summary: 'Write equity of each bar (.csv, .ndjson, .parquet).' }),
    trades: flags.file({ summary: 'Write each round trip (.csv, .ndjson, .parquet).' }),
    fills: flags.file({ summary: 'Write each fill, of each leg and of rolls (.csv, .ndjson, .parquet).' }),
    keep: flags.boolean({
      summary: 'Keep the result in data/backtests of the workspace; backtest show prints it again.',
    }),
    'risk-free': flags.number({
      min: -1,
      max: 1,
      default: 0,
      summary: 'Rate a year as a fraction, taken off the returns in Sharpe and its kin.',
    }),
    ...backtestPictureFlags,
    assert: assertFlag,
  }

  protected async answer(ctx: Context): Promise<Report<BacktestData>> {
    const { args, flags } = this.input(Backtest)
    refuseTwoStrategies(flags)
    for (const file of [flags.equity, flags.trades, flags.fills]) if (file !== undefined) requireTableFile(file)
    requireReportFile(flags.report)
    if (flags.keep) void ctx.workspace // before anything is computed
    const request = backtestRequest(
      { strategy: args.strategy, instrument: args.instrument, parameters: this.passedOn },
      flags,
      async (file, withVolume) => {
        const { readPriceBars } = await import('../../lib/sources/csv/price-bars-file.js')
        return readPriceBars(ctx.resolveFile(file), basename(file), withVolume, ctx.signal)
      },
    )
    const answer = await backtestOn(
      ctx,
      {
        ...request,
        riskFreePerYear: flags['risk-free'],
        capacity: flags.capacity === undefined ? null : parseCapacity(flags.capacity),
        assertions: flags.assert ?? [],
      },
      ctx.rng('look-ahead'),
    )
    const { asOf, data } = answer
    const write = async (file: string | undefined, table: () => ReturnType<typeof equityTable>): Promise<void> => {
      if (file === undefined) return
      await writeAtomic(ctx.resolveFile(file), await backtestFile(file, table(), answer), ctx.signal)
      ctx.note(`wrote ${basename(file)}`)
    }
    await write(flags.equity, () => equityTable(answer))
    await write(flags.trades, () => tradesTable(answer))
    await write(flags.fills, () => fillsTable(answer))
    const drawn = { panel: this.wantsChart ? flags.panel : null, report: flags.report, charts: flags.charts }
    const { chart, afterDocument } = await drawnBacktest(ctx, drawn, async (cone) => {
      const { historyOfAnswer } = await import('../../lib/desk/backtest-history.js')
      return historyOfAnswer(ctx, answer, cone)
    })
    return {
      asOf,
      data,
      rows: metricsTable(data),
      view: backtestView(data),
      onDocument:
        !flags.keep && flags.report === undefined
          ? undefined
          : async (document) => {
              if (flags.keep) {
                const { keepBacktest } = await import('../../lib/desk/keep-backtest.js')
                await keepBacktest(ctx, document, answer)
              }
              await afterDocument(document)
            },
      chart,
      trip: assertionTrip(data.assertions),
    }
  }
}
