import type { BacktestData } from '../documents/backtest.js'
import { parseAssertion } from '../backtest/assertion.js'
import { checkBars, type BarRemarks } from '../backtest/check-bars.js'
import { checkCapital } from '../backtest/check-capital.js'
import { guardAgainstLookAhead, type GuardResult } from '../backtest/look-ahead-guard.js'
import { measure, METRICS } from '../backtest/metrics/measure.js'
import { performanceOf, returnsOf } from '../backtest/metrics/performance.js'
import { parseStrategyParameters } from '../backtest/parse-strategy-parameters.js'
import type { SizingSettings } from '../backtest/prepare-sizing.js'
import type { OrderRules } from '../backtest/order-rules.js'
import { barTimeText, type PriceBars } from '../backtest/price-bars.js'
import { scriptedStrategy } from '../backtest/robustness/scripted-strategy.js'
import { runAccount, type AccountSettings, type BacktestRun } from '../backtest/run-account.js'
import { strategyNamed } from '../backtest/strategies.js'
import { onOtherPrices, type TradedInstrument } from '../backtest/traded-instrument.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import { requestedStrategy, type StrategyContext } from '../outside/requested-strategy.js'
import { interruptible } from '../runtime/interruptible.js'
import { loadInstruments, type BacktestBarsRequest } from './backtest-bars.js'
import { backtestDocument, SUMMARY_NUMBERS } from './backtest-document.js'
import { curveShapes } from './curve-shapes.js'
import type { RequestedMargins } from './leg-margins.js'
import { NO_TERMS, type CostTerms } from './requested-costs.js'
import { tradedInstruments, type TradingContext } from './traded-instruments.js'

export interface BacktestRequest extends BacktestBarsRequest {
  readonly strategy: string
  /** What stands after `--`. */
  readonly parameters: readonly string[]
  readonly lots: number
  readonly sizing: SizingSettings | null
  /** USD per lot and unit of price; null takes the instrument's. */
  readonly multiplier: number | null
  readonly initialCapitalUsd: number
  readonly margins: RequestedMargins
  /** What was said of costs; nothing costs anything unless it is said. */
  readonly costs: Partial<CostTerms>
  readonly order: OrderRules
  readonly assertions: readonly string[]
}

/** `CLF24` of a leg and a month; null where prices are of no contract. */
export type ContractOf = (instrument: number, leg: number, month: number) => string | null

export interface BacktestAnswer {
  readonly asOf: EpochDay
  readonly data: BacktestData
  /** Of the first instrument. */
  readonly bars: PriceBars
  readonly instruments: readonly TradedInstrument[]
  readonly settings: AccountSettings
  /** On the last bar, of the instrument that needs most; 0 for none. */
  readonly maintenanceUsdPerLot: number
  readonly run: BacktestRun
  readonly drawdown: Float64Array
  readonly contractOf: ContractOf
  readonly simulated: boolean
  readonly source: string
  /** The same strategy at the same costs over other prices on the same bars. */
  readonly runOver: (bars: PriceBars) => BacktestRun
  /** What a list of decisions would have earned on these prices, in the strategy's size and at its costs, without stops. */
  readonly runScript: (decisions: Int8Array) => BacktestRun
}

/** One strategy over one series of bars: checked, run, guarded, measured. */
export async function backtestOn(
  ctx: TradingContext & StrategyContext,
  request: BacktestRequest,
  rng: Rng,
): Promise<BacktestAnswer> {
  const strategy = await requestedStrategy(ctx, request.strategy)
  const values = parseStrategyParameters(strategy, request.parameters)
  const assertions = request.assertions.map((text) =>
    parseAssertion(text, [...METRICS.map(({ name }) => name), ...SUMMARY_NUMBERS]),
  )
  const terms: CostTerms = { ...NO_TERMS, ...request.costs }
  const sharesVolume = request.order.maxVolumeShare !== null
  const withVolume = sharesVolume || terms.impact > 0 || strategy.outside === true
  const loaded = await loadInstruments(ctx, request, withVolume)
  const firstDecisionBar = strategy.firstDecisionBar(values)
  for (const { name, bars } of loaded) {
    sayRemarks(ctx, name, bars, checkBars(bars))
    for (const { code, message, details } of strategy.remarks?.(bars) ?? []) ctx.warn(code, message, details)
    const count = bars.timeMs.length
    if (count >= firstDecisionBar + 2) continue
    throw new ContangoError(
      'noData',
      'TOO_FEW_BARS',
      `${strategy.name} decides on bar ${firstDecisionBar + 1} for the first time and fills on the next; there are ${count} bars of ${name}`,
      'a longer history, or a shorter window',
      { bars: count, firstDecisionBar },
    )
  }
  const tradable = tradedInstruments(ctx, loaded, {
    multiplier: request.multiplier,
    costsOf: () => terms,
    margins: request.margins,
    sharesVolume,
  })
  const instruments = tradable.map(({ traded }) => traded)
  const settings: AccountSettings = {
    lots: request.lots,
    sizing: request.sizing,
    initialCapitalUsd: request.initialCapitalUsd,
    ...request.order,
  }
  checkCapital(instruments, settings)
  const guarded = (): { run: BacktestRun; guard: GuardResult } => {
    const once = runAccount(instruments, strategy, values, settings)
    return { run: once, guard: guardAgainstLookAhead(instruments, strategy, values, settings, once, rng) }
  }
  const { run, guard } = strategy.outside === true ? interruptible(guarded) : guarded()
  const holding = runAccount(instruments, strategyNamed('buy-hold'), {}, settings)
  const benchmark = returnsOf(holding.equityUsd)
  const performance = performanceOf(run, settings.initialCapitalUsd, benchmark, { timeMs: run.timeMs })
  const shapes = request.prices || loaded.length > 1 ? null : await curveShapes(ctx, loaded[0].name, run.timeMs)
  const contractOf: ContractOf = (instrument, leg, month) => {
    const { product } = loaded[instrument].legs[leg]
    return month === 0 || product === null ? null : ctx.market.contractCode(product, month)
  }
  const data = backtestDocument({
    strategy,
    values,
    loaded,
    tradable,
    terms,
    settings,
    run,
    bounds: boundsOf(run, (intrabar) => runAccount(instruments, strategy, values, { ...settings, intrabar })),
    contractOf,
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
    asOf: Math.floor(run.timeMs[run.equityUsd.length - 1] / 86_400_000),
    data,
    bars: loaded[0].bars,
    instruments,
    settings,
    maintenanceUsdPerLot: Math.max(...instruments.map((one) => one.maintenanceMarginUsd?.at(-1) ?? 0)),
    run,
    drawdown: performance.drawdown,
    contractOf,
    simulated: loaded[0].simulated,
    source: [...new Set(loaded.map(({ source }) => source))].join(', '),
    runOver: (others) => runAccount([onOtherPrices(alone(instruments), others)], strategy, values, settings),
    runScript: (decisions) =>
      runAccount(
        [alone(instruments)],
        scriptedStrategy(decisions, { strategy, values }),
        {},
        { ...settings, stopLoss: null, takeProfit: null, trailingStop: null },
      ),
  }
}

function sayRemarks(
  ctx: TradingContext,
  name: string,
  { timeMs }: PriceBars,
  { outsideRange, gaps, longestGapDays, longestGapBar }: BarRemarks,
): void {
  if (outsideRange > 0) {
    ctx.warn('OUTSIDE_RANGE', `${name}: ${outsideRange} bars open or close outside their own high and low`, {
      bars: outsideRange,
    })
  }
  if (gaps > 0) {
    const from = barTimeText(timeMs[longestGapBar])
    ctx.warn(
      'BARS_GAP',
      `${name}: ${gaps} gaps of more than a week between bars, the longest of ${longestGapDays} days after ${from}: what is held moves over it at once`,
      { gaps, longestGapDays, from },
    )
  }
}

/** The one instrument of an account: what is drawn for one series of prices says nothing of another. */
function alone(instruments: readonly TradedInstrument[]): TradedInstrument {
  if (instruments.length === 1) return instruments[0]
  throw new ContangoError(
    'refused',
    'SEVERAL_INSTRUMENTS',
    `${instruments.map(({ name }) => name).join(', ')} are several instruments, whose prices are not drawn one by one`,
    'one instrument; or a method that draws the returns of the account',
  )
}

/** What the paths inside the ambiguous bars may have made of it. */
function boundsOf(
  run: BacktestRun,
  again: (intrabar: OrderRules['intrabar']) => BacktestRun,
): BacktestData['intrabarBounds'] {
  if (run.ambiguousBars === 0) return null
  const finalOf = ({ equityUsd }: BacktestRun): number => equityUsd[equityUsd.length - 1]
  return { worstFinal: finalOf(again('worst')), bestFinal: finalOf(again('best')) }
}
