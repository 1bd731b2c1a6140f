import type { BacktestData } from '../documents/backtest.js'
import { parseAssertion } from '../backtest/assertion.js'
import { guardAgainstLookAhead, type GuardResult } from '../backtest/look-ahead-guard.js'
import { measure, METRICS } from '../backtest/metrics/measure.js'
import { performanceOf, returnsOf } from '../backtest/metrics/performance.js'
import { parseStrategyParameters } from '../backtest/parse-strategy-parameters.js'
import { resolveSizing, type SizingSettings } from '../backtest/prepare-sizing.js'
import { MARKET_ORDERS, type OrderRules } from '../backtest/order-rules.js'
import { sessionDayOf, sessionTimes, type PriceBars } from '../backtest/price-bars.js'
import { scriptedStrategy } from '../backtest/robustness/scripted-strategy.js'
import { runAccount, type AccountSettings, type BacktestRun } from '../backtest/run-account.js'
import { strategyNamed } from '../backtest/strategies.js'
import { onOtherPrices, type TradedInstrument } from '../backtest/traded-instrument.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import { requestedStrategy, type StrategyContext } from '../outside/requested-strategy.js'
import { interruptible } from '../runtime/interruptible.js'
import type { BacktestBarsRequest } from './backtest-bars.js'
import { capacityCurve } from './backtest-capacity.js'
import { backtestDocument, SUMMARY_NUMBERS } from './backtest-document.js'
import { curveShapes } from './curve-shapes.js'
import type { RequestedMargins } from './leg-margins.js'
import { preparedAccount } from './prepared-account.js'
import type { CostTerms } from './requested-costs.js'
import { sayRun } from './say-run.js'
import type { SignalContext } from './signal-reader.js'
import { runRegimes, type RunRegimes } from './trade-regimes.js'
import type { TradingContext } from './traded-instruments.js'

export interface BacktestRequest extends BacktestBarsRequest {
  readonly strategy: string
  /** What stands after `--`. */
  readonly parameters: readonly string[]
  readonly lots: number
  readonly sizing: SizingSettings | null
  /** USD per lot and unit of price; null takes the instrument's. */
  readonly multiplier: number | null
  readonly initialCapitalUsd: number
  /** Fraction; 0 where it is not said. */
  readonly riskFreePerYear?: number
  readonly margins: RequestedMargins
  /** What was said of costs; nothing costs anything unless it is said. */
  readonly costs: Partial<CostTerms>
  /** `config`, or a file of costs by product; null for neither. */
  readonly costsFrom: string | null
  readonly order: OrderRules
  /** Sizes of a full position at which the run is repeated; null for none. */
  readonly capacity?: readonly number[] | null
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
  readonly regimes: RunRegimes
  readonly contractOf: ContractOf
  readonly simulated: boolean
  readonly source: string
  /** The same strategy at the same costs over other prices on the same bars. */
  readonly runOver: (bars: PriceBars) => BacktestRun
  /** What a list of decisions would have earned on these prices, in the strategy's size and at its costs, without stops. */
  readonly runScript: (decisions: Int8Array) => BacktestRun
}

/** What a strategy may need: bars, margins, its own file, signals. */
export type BacktestContext = TradingContext & StrategyContext & SignalContext

/** One strategy over one series of bars: checked, run, guarded, measured. */
export async function backtestOn(ctx: BacktestContext, request: BacktestRequest, rng: Rng): Promise<BacktestAnswer> {
  const strategy = await requestedStrategy(ctx, request.strategy)
  const values = parseStrategyParameters(strategy, request.parameters)
  const assertions = request.assertions.map((text) =>
    parseAssertion(text, [...METRICS.map(({ name }) => name), ...SUMMARY_NUMBERS]),
  )
  const { loaded, tradable, instruments, terms, settings } = await preparedAccount(
    ctx,
    request,
    strategy,
    strategy.firstDecisionBar(values),
    strategy.columns?.(values) ?? [],
  )
  const guarded = (): { run: BacktestRun; guard: GuardResult } => {
    const once = runAccount(instruments, strategy, values, settings)
    return { run: once, guard: guardAgainstLookAhead(instruments, strategy, values, settings, once, rng) }
  }
  const { run, guard } = strategy.outside === true ? interruptible(guarded) : guarded()
  const holding = runAccount(
    instruments,
    strategyNamed('buy-hold'),
    {},
    { ...settings, ...MARKET_ORDERS, fill: settings.fill },
  )
  const benchmark = returnsOf(holding.equityUsd)
  const performance = performanceOf(run, settings.initialCapitalUsd, benchmark, {
    timeMs: sessionTimes(run),
    riskFreePerYear: request.riskFreePerYear,
  })
  const shapes =
    request.prices || loaded.length > 1
      ? null
      : await curveShapes(ctx, loaded[0].name, run.timeMs, request.from ?? null)
  const regimes = runRegimes(
    loaded.length === 1 ? loaded[0].bars.close.subarray(0, run.equityUsd.length) : null,
    shapes,
  )
  const contractOf: ContractOf = (instrument, leg, month) => {
    const { product } = loaded[instrument].legs[leg]
    return month === 0 || product === null ? null : ctx.market.contractCode(product, month)
  }
  const capacityOf = (sizes: readonly number[]): BacktestData['capacity'] => {
    requireFixedLots(resolveSizing(settings.sizing, () => strategy.sizing?.(values), settings.lots).rule.kind)
    if (run.impactUsd === 0 && settings.maxVolumeShare === null) {
      ctx.warn(
        'NO_IMPACT',
        'nothing grows faster than the lots: --capacity says something with --impact or --max-volume-share',
      )
    }
    return capacityCurve(sizes, instruments, strategy, values, settings)
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
    capacity: request.capacity == null ? null : capacityOf(request.capacity),
    contractOf,
    riskFreePerYear: request.riskFreePerYear ?? 0,
    performance,
    metrics: measure(performance),
    guard,
    assertions,
    regimes,
  })
  sayRun(ctx, run, settings)
  return {
    asOf: sessionDayOf(run, run.equityUsd.length - 1),
    data,
    bars: loaded[0].bars,
    instruments,
    settings,
    maintenanceUsdPerLot: Math.max(...instruments.map((one) => one.maintenanceMarginUsd?.at(-1) ?? 0)),
    run,
    drawdown: performance.drawdown,
    regimes,
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

function requireFixedLots(kind: string): void {
  if (kind === 'fixed') return
  throw new ContangoError(
    'usage',
    'CAPACITY_OF_FIXED_LOTS',
    `--capacity repeats the run with other fixed lots, and --sizing ${kind} has none`,
    'one of the two, or --sizing fixed',
  )
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
