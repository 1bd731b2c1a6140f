import { basename } from 'node:path'
import { FILL_TIMES, INTRABAR_PATHS } from '../../lib/backtest/run-backtest.js'
import { equityChart } from '../../lib/charts/specs/equity-chart.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { backtestOn } from '../../lib/desk/backtest-on.js'
import { backtestFile, equityTable, tradesTable } from '../../lib/desk/backtest-tables.js'
import { backtestView, metricsTable } from '../../lib/desk/backtest-view.js'
import { requestedRoll } from '../../lib/desk/requested-roll.js'
import { requireTableFile } from '../../lib/desk/table-file.js'
import type { BacktestData } from '../../lib/documents/backtest.js'
import { isoFromDay } from '../../lib/kernel/day.js'
import { writeAtomic } from '../../lib/runtime/write-atomic.js'

export default class Backtest extends ContangoCommand {
  static override summary = 'Trade a strategy over the past: fills, costs, equity and some fifty metrics'
  static override description =
    'Decides at the close of a bar and fills at the open of the next. Parameters of the strategy stand after --; ' +
    'contango backtest list shows them. Without --prices a product is traded on its settlements joined by difference, ' +
    'so that no roll gap is profit. Rules, costs and metrics: docs/backtest.md.'
  static override examples = [
    '<%= config.bin %> backtest ma-crossover wti -- --fast 10 --slow 30',
    '<%= config.bin %> backtest zscore-spread brent --commission-usd 2.5 --slippage 0.01 --json -- --window 40',
    '<%= config.bin %> backtest buy-hold wti --assert "maxDrawdown>=-1" --equity equity.csv --trades trades.csv',
  ]
  static override baseFlags = chartingFlags
  static override needsWorkspace = false
  static override passesOn = true
  static override args = {
    strategy: args.string({ required: true, description: 'As contango backtest list names it' }),
    instrument: args.product({ description: 'Product, or symbol that the lake has bars of; optional with --prices' }),
  }
  static override flags = {
    prices: flags.file({ summary: 'Bars from a file (date, open, high, low, close) and not from the lake.' }),
    basis: flags.choice({
      options: ['auto', 'bars', 'settlements'] as const,
      default: 'auto',
      summary: 'Bars of the lake, or settlements joined by difference; auto joins a product.',
    })(),
    roll: flags.string({
      default: 'calendar:5',
      helpValue: 'RULE',
      summary: 'When joined settlements move on: calendar:N, fixed-day:N, open-interest or volume.',
    }),
    lots: flags.integer({ min: 1, max: 1_000_000, default: 1, summary: 'Size of a position.' }),
    multiplier: flags.number({
      min: 1e-9,
      summary: 'USD per lot and unit of price; by default the instrument’s, else 1.',
    }),
    'initial-capital': flags.number({ min: 0, default: 1_000_000, summary: 'USD.' }),
    'initial-margin-usd': flags.number({ min: 0, default: 0, summary: 'Per lot; capital must cover it.' }),
    'maintenance-margin-usd': flags.number({
      min: 0,
      default: 0,
      summary: 'Per lot; equity below it at a close ends the run.',
    }),
    'commission-usd': flags.number({ min: 0, default: 0, summary: 'Per lot and side.' }),
    slippage: flags.number({ min: 0, default: 0, summary: 'Price units (USD/bbl) a unit, adverse.' }),
    'slippage-ticks': flags.number({ min: 0, default: 0, summary: 'Ticks a unit, adverse.' }),
    'slippage-fraction': flags.number({ min: 0, max: 1, default: 0, summary: 'Fraction of |price| a unit, adverse.' }),
    fill: flags.choice({ options: FILL_TIMES, default: 'next-open', summary: 'When a decision is traded.' })(),
    'stop-loss': flags.number({ min: 1e-9, summary: 'Stop order so many price units from the entry.' }),
    'take-profit': flags.number({ min: 1e-9, summary: 'Limit order so many price units from the entry.' }),
    'trailing-stop': flags.number({ min: 1e-9, summary: 'Stop order so many price units behind the best close.' }),
    intrabar: flags.choice({
      options: INTRABAR_PATHS,
      default: 'worst',
      summary: 'Which comes first where a bar touches stop and limit.',
    })(),
    equity: flags.file({ summary: 'Write equity of each bar (.csv, .ndjson, .parquet).' }),
    trades: flags.file({ summary: 'Write each round trip (.csv, .ndjson, .parquet).' }),
    assert: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '"NAME>=X"',
      summary: 'Exit 10 where it does not hold; may be repeated.',
    }),
  }

  protected async answer(ctx: Context): Promise<Report<BacktestData>> {
    const { args, flags } = this.input(Backtest)
    for (const file of [flags.equity, flags.trades]) if (file !== undefined) requireTableFile(file)
    const { prices } = flags
    const answer = await backtestOn(
      ctx,
      {
        strategy: args.strategy,
        parameters: this.passedOn,
        instrument: args.instrument,
        prices:
          prices === undefined
            ? undefined
            : {
                file: basename(prices),
                read: async () => {
                  const { readPriceBars } = await import('../../lib/sources/csv/price-bars-file.js')
                  return readPriceBars(ctx.resolveFile(prices), basename(prices), ctx.signal)
                },
              },
        basis: flags.basis,
        roll: requestedRoll(flags.roll, `contango backtest ${args.strategy} ${args.instrument ?? 'wti'}`),
        lots: flags.lots,
        multiplier: flags.multiplier ?? null,
        initialCapitalUsd: flags['initial-capital'],
        initialMarginUsd: flags['initial-margin-usd'],
        maintenanceMarginUsd: flags['maintenance-margin-usd'],
        commissionUsdPerLot: flags['commission-usd'],
        slippagePrice: flags.slippage,
        slippageTicks: flags['slippage-ticks'],
        slippageFraction: flags['slippage-fraction'],
        order: {
          fill: flags.fill,
          stopLoss: flags['stop-loss'] ?? null,
          takeProfit: flags['take-profit'] ?? null,
          trailingStop: flags['trailing-stop'] ?? null,
          intrabar: flags.intrabar,
        },
        assertions: flags.assert ?? [],
      },
      ctx.rng('look-ahead'),
    )
    const { asOf, data, run, bars, drawdown, simulated, source } = answer
    const write = async (file: string | undefined, table: () => ReturnType<typeof equityTable>): Promise<void> => {
      if (file === undefined) return
      await writeAtomic(ctx.resolveFile(file), await backtestFile(file, table(), answer), ctx.signal)
      ctx.note(`wrote ${basename(file)}`)
    }
    await write(flags.equity, () => equityTable(answer))
    await write(flags.trades, () => tradesTable(answer))
    const failed = data.assertions.find(({ holds }) => !holds)
    const { metrics, strategy } = data
    return {
      asOf,
      data,
      rows: metricsTable(data),
      view: backtestView(data),
      chart: () =>
        equityChart({
          title: `${strategy.name} on ${data.instrument ?? source}: ${((metrics['totalReturn'] ?? 0) * 100).toFixed(1)} %, Sharpe ${metrics['sharpe']?.toFixed(2) ?? 'undefined'}`,
          subtitle: `${data.first} to ${data.last}, ${data.trades.count} trades, after costs; dashed: initial capital`,
          timeMs: bars.timeMs,
          equityUsd: run.equityUsd,
          drawdown,
          initialUsd: data.equity.initial,
          simulated,
          source,
          asOf: isoFromDay(asOf),
        }),
      trip: failed && {
        code: 'ASSERTION',
        message: `--assert "${failed.assertion}" does not hold: it is ${failed.value === null ? 'undefined' : Number(failed.value.toPrecision(6))}`,
      },
    }
  }
}
