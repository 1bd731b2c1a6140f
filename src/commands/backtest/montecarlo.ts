import { basename } from 'node:path'
import { coneChart } from '../../lib/charts/specs/cone-chart.js'
import { assertFlag, backtestFlags } from '../../lib/cli/backtest-flags.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { refuseTwoStrategies, strategyFirst } from '../../lib/cli/strategy-first.js'
import { assertionTrip } from '../../lib/desk/assertion-trip.js'
import { backtestRequest } from '../../lib/desk/backtest-request.js'
import { montecarloOn } from '../../lib/desk/montecarlo-on.js'
import { MONTECARLO_METHODS } from '../../lib/desk/montecarlo-paths.js'
import { montecarloTable, montecarloView } from '../../lib/desk/montecarlo-view.js'
import type { BacktestMontecarloData } from '../../lib/documents/backtest-montecarlo.js'
import { isoFromDay } from '../../lib/kernel/day.js'

export default class BacktestMontecarlo extends ContangoCommand {
  static override summary =
    'What chance might have made of a back-test: bootstrap, trades, simulated prices, random entries'
  static override description =
    'Takes what backtest takes, runs it, and draws paths: of its own bars in blocks, of its trades, of prices under a fitted GARCH ' +
    'or the built-in simulator that the engine trades again, or of random entries on the real prices. Methods and formulas: ' +
    'docs/backtest-robustness.md.'
  static override examples = [
    '<%= config.bin %> backtest montecarlo ma-crossover wti -- --fast 10 --slow 30',
    '<%= config.bin %> backtest montecarlo ma-crossover wti --method random-entry --paths 200 --assert "pValueSharpe<=1"',
    '<%= config.bin %> backtest montecarlo buy-hold brent --method garch --paths 200 --json',
  ]
  static override baseFlags = chartingFlags
  static override needsWorkspace = false
  static override passesOn = true
  static override arranged = strategyFirst
  static override args = {
    strategy: args.string({
      required: true,
      description: 'As contango backtest list names it, or a file with a strategy or signals of your own',
    }),
    instrument: args.product({ description: 'Product, or symbol that the lake has bars of; optional with --prices' }),
  }
  static override flags = {
    ...backtestFlags,
    strategy: flags.strategyFile({ summary: 'Other words for STRATEGY: a file with a strategy of your own.' }),
    'signal-file': flags.strategyFile({ summary: 'Other words for STRATEGY: a file with date and target.' }),
    method: flags.choice({
      options: MONTECARLO_METHODS,
      default: 'stationary',
      summary: 'What is drawn: blocks of bars, trades, prices, or entries.',
    })(),
    paths: flags.integer({ min: 100, max: 100_000, default: 1000, summary: 'How many.' }),
    block: flags.number({
      min: 1,
      max: 10_000,
      summary: 'Bars of a block, on average; chosen after Politis and White by default.',
    }),
    resample: flags.choice({
      options: ['auto', 'pnl', 'returns'] as const,
      default: 'auto',
      summary: 'Add profits in USD or compound returns; auto: pnl where lots are fixed.',
    })(),
    'ruin-usd': flags.number({ min: 0, summary: 'Equity that is ruin; by default the maintenance margin, else 0.' }),
    level: flags.number({ min: 0.5, max: 0.999, default: 0.95, summary: 'Of every interval.' }),
    assert: assertFlag,
  }

  protected async answer(ctx: Context): Promise<Report<BacktestMontecarloData>> {
    const { args, flags } = this.input(BacktestMontecarlo)
    refuseTwoStrategies(flags)
    const line = { strategy: args.strategy, instrument: args.instrument, parameters: this.passedOn }
    const backtest = backtestRequest(line, flags, async (file, withVolume) => {
      const { readPriceBars } = await import('../../lib/sources/csv/price-bars-file.js')
      return readPriceBars(ctx.resolveFile(file), basename(file), withVolume, ctx.signal)
    })
    const { asOf, data, figures, simulated, source } = await montecarloOn(ctx, {
      backtest,
      method: flags.method,
      paths: flags.paths,
      block: flags.block ?? null,
      resample: flags.resample,
      ruinUsd: flags['ruin-usd'] ?? null,
      level: flags.level,
      assertions: flags.assert ?? [],
    })
    return {
      asOf,
      data,
      rows: montecarloTable(data),
      view: montecarloView(data),
      chart: () => coneChart({ data, figures, simulated, source, asOf: isoFromDay(asOf) }),
      trip: assertionTrip(data.assertions),
    }
  }
}
