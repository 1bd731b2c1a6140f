import { basename } from 'node:path'
import type { Column, Table } from '../cli/table.js'
import type { BacktestData } from '../documents/backtest.js'
import { checkAssertion, parseAssertion } from '../backtest/assertion.js'
import { checkBars } from '../backtest/check-bars.js'
import { checkCapital } from '../backtest/check-capital.js'
import { guardAgainstLookAhead } from '../backtest/look-ahead-guard.js'
import { drawdownsOf } from '../backtest/metrics/drawdown.js'
import { measure, METRICS } from '../backtest/metrics/measure.js'
import { performanceOf, returnsOf } from '../backtest/metrics/performance.js'
import { parseStrategyParameters } from '../backtest/parse-strategy-parameters.js'
import { barTimeText, type PriceBars } from '../backtest/price-bars.js'
import { runBacktest, type BacktestRun, type BacktestSettings } from '../backtest/run-backtest.js'
import { conventionsOf } from '../backtest/run-conventions.js'
import { strategyNamed } from '../backtest/strategies.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import { loadBacktestBars, type BacktestBarsContext, type BacktestBarsRequest } from './backtest-bars.js'

export interface BacktestRequest extends BacktestBarsRequest {
  readonly strategy: string
  /** What stands after `--`. */
  readonly parameters: readonly string[]
  readonly lots: number
  /** USD per lot and unit of price; null takes the instrument's. */
  readonly multiplier: number | null
  readonly initialCapitalUsd: number
  readonly initialMarginUsd: number
  readonly maintenanceMarginUsd: number
  readonly commissionUsdPerLot: number
  readonly slippagePrice: number
  readonly slippageTicks: number
  readonly slippageFraction: number
  readonly order: Pick<BacktestSettings, 'fill' | 'stopLoss' | 'takeProfit' | 'trailingStop' | 'intrabar'>
  readonly assertions: readonly string[]
}

export interface BacktestAnswer {
  readonly asOf: EpochDay
  readonly data: BacktestData
  readonly bars: PriceBars
  readonly run: BacktestRun
  readonly drawdown: Float64Array
  readonly simulated: boolean
  readonly source: string
}

const SUMMARY_NUMBERS = ['equity.final', 'trades.count', 'costs.totalUsd']
const LAST_TRADES = 10
const DEEPEST = 5

/** One strategy over one series of bars: checked, run, guarded, measured. */
export async function backtestOn(
  ctx: BacktestBarsContext,
  request: BacktestRequest,
  rng: Rng,
): Promise<BacktestAnswer> {
  const strategy = strategyNamed(request.strategy)
  const values = parseStrategyParameters(strategy, request.parameters)
  const assertions = request.assertions.map((text) =>
    parseAssertion(text, [...METRICS.map(({ name }) => name), ...SUMMARY_NUMBERS]),
  )
  const loaded = await loadBacktestBars(ctx, request)
  const { bars, instrument, tick } = loaded
  const { outsideRange } = checkBars(bars)
  if (outsideRange > 0) {
    ctx.warn('OUTSIDE_RANGE', `${outsideRange} bars open or close outside their own high and low`, {
      bars: outsideRange,
    })
  }
  const firstDecisionBar = strategy.firstDecisionBar(values)
  const count = bars.timeMs.length
  if (count < firstDecisionBar + 2) {
    throw new ContangoError(
      'noData',
      'TOO_FEW_BARS',
      `${strategy.name} decides on bar ${firstDecisionBar + 1} for the first time and fills on the next; there are ${count} bars`,
      'a longer history, or a shorter window',
      { bars: count, firstDecisionBar },
    )
  }
  if (request.slippageTicks > 0 && tick === null) {
    throw new ContangoError(
      'usage',
      'NO_TICK',
      '--slippage-ticks needs an instrument that says its tick',
      'name the INSTRUMENT, or use --slippage in price units',
    )
  }
  if (request.slippageFraction > 0 && !loaded.levelsArePrices) {
    throw new ContangoError(
      'refused',
      'LEVELS_ARE_NOT_PRICES',
      `--slippage-fraction has no meaning on joined settlements: their levels are moved by the gaps of later rolls`,
      '--slippage or --slippage-ticks; or --basis bars',
    )
  }
  const settings: BacktestSettings = {
    lots: request.lots,
    multiplier: request.multiplier ?? loaded.multiplier,
    initialCapitalUsd: request.initialCapitalUsd,
    maintenanceMarginUsd: request.maintenanceMarginUsd,
    costs: {
      commissionUsdPerLot: request.commissionUsdPerLot,
      slippagePrice: request.slippagePrice + request.slippageTicks * (tick ?? 0),
      slippageFraction: request.slippageFraction,
    },
    ...request.order,
  }
  checkCapital(bars, settings, request.initialMarginUsd)
  const run = runBacktest(bars, strategy, values, settings)
  const guard = guardAgainstLookAhead(bars, strategy, values, settings, run, rng)
  const holding = runBacktest(bars, strategyNamed('buy-hold'), {}, settings)
  const benchmark = returnsOf(holding.equityUsd)
  const performance = performanceOf(run, settings.initialCapitalUsd, benchmark)
  const metrics = measure(performance)

  const at = (bar: number): string => barTimeText(bars.timeMs[bar])
  const final = run.equityUsd[run.equityUsd.length - 1]
  const netProfitUsd = final - settings.initialCapitalUsd
  const costs = {
    commissionUsd: run.commissionUsd,
    slippageUsd: run.slippageUsd,
    impactUsd: 0,
    rollUsd: run.rollUsd,
    totalUsd: run.commissionUsd + run.slippageUsd + run.rollUsd,
    grossProfitUsd: run.grossUsd,
    netProfitUsd,
  }
  const { trades } = run
  const numbers = {
    ...metrics,
    'equity.final': final,
    'trades.count': trades.lots.length,
    'costs.totalUsd': costs.totalUsd,
  }
  const lastBar = run.equityUsd.length - 1
  const data: BacktestData = {
    strategy: { name: strategy.name, rule: strategy.rule, parameters: { ...values }, firstDecisionBar },
    instrument,
    series: loaded.words,
    bars: count,
    first: at(0),
    last: at(count - 1),
    settings: {
      lots: settings.lots,
      multiplier: settings.multiplier,
      initialCapitalUsd: settings.initialCapitalUsd,
      ...settings.costs,
      ...request.order,
    },
    equity: {
      initial: settings.initialCapitalUsd,
      final,
      min: run.equityUsd.reduce((least, value) => Math.min(least, value), Infinity),
      max: run.equityUsd.reduce((most, value) => Math.max(most, value), -Infinity),
    },
    trades: {
      count: trades.lots.length,
      last: Array.from({ length: Math.min(LAST_TRADES, trades.lots.length) }, (_, i) => {
        const t = Math.max(0, trades.lots.length - LAST_TRADES) + i
        return {
          side: trades.lots[t] > 0 ? 'long' : 'short',
          lots: Math.abs(trades.lots[t]),
          entry: at(trades.entryBar[t]),
          exit: at(trades.exitBar[t]),
          entryBar: trades.entryBar[t],
          exitBar: trades.exitBar[t],
          entryPrice: trades.entryPrice[t],
          exitPrice: trades.exitPrice[t],
          grossUsd: trades.grossUsd[t],
          commissionUsd: trades.commissionUsd[t],
          netUsd: trades.netUsd[t],
          worstUsd: trades.worstUsd[t],
          bestUsd: trades.bestUsd[t],
        }
      }),
    },
    fills: { count: run.fills.bar.length },
    rolls: { count: run.rollsHeld },
    openPosition: run.open && {
      lots: run.open.lots,
      entryPrice: run.open.entryPrice,
      entry: at(run.open.entryBar),
      profitUsd: (bars.close[lastBar] - run.open.entryPrice) * run.open.lots * settings.multiplier,
    },
    costs,
    metrics,
    conventions: conventionsOf(settings),
    drawdowns: drawdownsOf(performance)
      .sort((a, b) => a.depth - b.depth)
      .slice(0, DEEPEST)
      .map(({ peakBar, troughBar, recoveryBar, depth, depthUsd, bars: length }) => ({
        peak: peakBar < 0 ? null : at(peakBar),
        trough: at(troughBar),
        recovery: recoveryBar === null ? null : at(recoveryBar),
        depth,
        depthUsd,
        bars: length,
      })),
    ambiguousBars: run.ambiguousBars,
    ruin: run.ruinBar === null ? null : { date: at(run.ruinBar), equityUsd: final },
    lookAhead: { checkedBars: guard.cutBars.map(at), recomputedShare: guard.recomputedShare },
    assertions: assertions.map((assertion) => checkAssertion(assertion, numbers)),
  }
  if (data.ruin !== null) {
    ctx.warn('RUIN', `equity fell to ${final.toFixed(2)} USD on ${data.ruin.date}: the run stops there`, {
      date: data.ruin.date,
    })
  }
  return {
    asOf: Math.floor(bars.timeMs[lastBar] / 86_400_000),
    data,
    bars,
    run,
    drawdown: performance.drawdown,
    simulated: loaded.simulated,
    source: loaded.source,
  }
}

/** One row a bar. */
export function equityTable({ bars, run, drawdown }: BacktestAnswer): Table {
  const { equityUsd, lots } = run
  const dates = Array.from(equityUsd, (_, bar) => barTimeText(bars.timeMs[bar]))
  const columns: Column[] = [
    { name: 'date', kind: 'text', values: dates },
    { name: 'close', kind: 'number', values: bars.close.subarray(0, equityUsd.length) },
    { name: 'lots', kind: 'number', values: lots },
    { name: 'equity', kind: 'number', values: equityUsd },
    { name: 'drawdown', kind: 'number', values: drawdown },
  ]
  return { length: equityUsd.length, columns }
}

/** One row a round trip. */
export function tradesTable({ bars, run: { trades } }: BacktestAnswer): Table {
  const at = (bar: number): string => barTimeText(bars.timeMs[bar])
  const numbers = ['entryPrice', 'exitPrice', 'grossUsd', 'commissionUsd', 'netUsd', 'worstUsd', 'bestUsd'] as const
  return {
    length: trades.lots.length,
    columns: [
      { name: 'side', kind: 'text', values: Array.from(trades.lots, (lots) => (lots > 0 ? 'long' : 'short')) },
      { name: 'lots', kind: 'number', values: trades.lots.map(Math.abs) },
      { name: 'entryBar', kind: 'integer', values: trades.entryBar },
      { name: 'exitBar', kind: 'integer', values: trades.exitBar },
      { name: 'entryDate', kind: 'text', values: Array.from(trades.entryBar, at) },
      { name: 'exitDate', kind: 'text', values: Array.from(trades.exitBar, at) },
      ...numbers.map((name): Column => ({ name, kind: 'number', values: trades[name] })),
    ],
  }
}

/** Writes one of the files that the command line asks for. */
export async function backtestFile(
  file: string,
  table: Table,
  { data, simulated }: BacktestAnswer,
): Promise<Uint8Array> {
  const { tableFile } = await import('./table-file.js')
  return tableFile(basename(file), table, {
    strategy: data.strategy.name,
    series: data.series,
    simulated: String(simulated),
  })
}
