import type { BacktestData } from '../documents/backtest.js'
import { parseAssertion } from '../backtest/assertion.js'
import { checkBars } from '../backtest/check-bars.js'
import { checkCapital } from '../backtest/check-capital.js'
import { guardAgainstLookAhead, type GuardResult } from '../backtest/look-ahead-guard.js'
import { measure, METRICS } from '../backtest/metrics/measure.js'
import { performanceOf, returnsOf } from '../backtest/metrics/performance.js'
import { parseStrategyParameters } from '../backtest/parse-strategy-parameters.js'
import type { SizingSettings } from '../backtest/prepare-sizing.js'
import type { PriceBars } from '../backtest/price-bars.js'
import { runBacktest, type BacktestRun, type BacktestSettings } from '../backtest/run-backtest.js'
import { scriptedStrategy } from '../backtest/robustness/scripted-strategy.js'
import { strategyNamed } from '../backtest/strategies.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import { interruptible } from '../runtime/interruptible.js'
import { loadBacktestBars, type BacktestBarsContext, type BacktestBarsRequest } from './backtest-bars.js'
import { backtestDocument, SUMMARY_NUMBERS } from './backtest-document.js'
import { curveShapes } from './curve-shapes.js'
import { backtestSettings } from './backtest-settings.js'
import { requestedStrategy, type StrategyContext } from '../outside/requested-strategy.js'

export interface BacktestRequest extends BacktestBarsRequest {
  readonly strategy: string
  /** What stands after `--`. */
  readonly parameters: readonly string[]
  readonly lots: number
  readonly sizing: SizingSettings | null
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
  readonly settings: BacktestSettings
  /** The same strategy at the same costs over other prices on the same bars. */
  readonly runOver: (bars: PriceBars) => BacktestRun
  /** What a list of decisions would have earned on these prices, in the strategy's size and at its costs, without stops. */
  readonly runScript: (decisions: Int8Array) => BacktestRun
}

/** One strategy over one series of bars: checked, run, guarded, measured. */
export async function backtestOn(
  ctx: BacktestBarsContext & StrategyContext,
  request: BacktestRequest,
  rng: Rng,
): Promise<BacktestAnswer> {
  const strategy = await requestedStrategy(ctx, request.strategy)
  const values = parseStrategyParameters(strategy, request.parameters)
  const assertions = request.assertions.map((text) =>
    parseAssertion(text, [...METRICS.map(({ name }) => name), ...SUMMARY_NUMBERS]),
  )
  const loaded = await loadBacktestBars(ctx, request)
  const { bars } = loaded
  const { outsideRange } = checkBars(bars)
  if (outsideRange > 0) {
    ctx.warn('OUTSIDE_RANGE', `${outsideRange} bars open or close outside their own high and low`, {
      bars: outsideRange,
    })
  }
  for (const { code, message, details } of strategy.remarks?.(bars) ?? []) ctx.warn(code, message, details)
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
  const settings = backtestSettings(request, loaded)
  checkCapital(bars, settings, request.initialMarginUsd)
  const guarded = (): { run: BacktestRun; guard: GuardResult } => {
    const once = runBacktest(bars, strategy, values, settings)
    return { run: once, guard: guardAgainstLookAhead(bars, strategy, values, settings, once, rng) }
  }
  const { run, guard } = strategy.outside === true ? interruptible(guarded) : guarded()
  const holding = runBacktest(bars, strategyNamed('buy-hold'), {}, settings)
  const benchmark = returnsOf(holding.equityUsd)
  const performance = performanceOf(run, settings.initialCapitalUsd, benchmark, { timeMs: bars.timeMs })
  const shapes = request.prices ? null : await curveShapes(ctx, loaded.instrument, bars.timeMs)
  const data = backtestDocument({
    strategy,
    values,
    loaded,
    settings,
    order: request.order,
    run,
    performance,
    metrics: measure(performance),
    guard,
    assertions,
    shapes,
  })
  if (data.ruin !== null) {
    ctx.warn('RUIN', `equity fell to ${data.ruin.equityUsd.toFixed(2)} USD on ${data.ruin.date}: the run stops there`, {
      date: data.ruin.date,
    })
  }
  return {
    asOf: Math.floor(bars.timeMs[run.equityUsd.length - 1] / 86_400_000),
    data,
    bars,
    run,
    drawdown: performance.drawdown,
    simulated: loaded.simulated,
    source: loaded.source,
    settings,
    runOver: (others) => runBacktest(others, strategy, values, settings),
    runScript: (decisions) =>
      runBacktest(
        bars,
        scriptedStrategy(decisions, { strategy, values }),
        {},
        {
          ...settings,
          stopLoss: null,
          takeProfit: null,
          trailingStop: null,
        },
      ),
  }
}
