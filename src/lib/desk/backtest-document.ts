import { checkAssertion, type Assertion } from '../backtest/assertion.js'
import type { GuardResult } from '../backtest/look-ahead-guard.js'
import { drawdownsOf } from '../backtest/metrics/drawdown.js'
import type { Performance } from '../backtest/metrics/performance.js'
import { resolveSizing, type ResolvedSizing } from '../backtest/prepare-sizing.js'
import { barTimeText } from '../backtest/price-bars.js'
import { FILL_REASONS } from '../backtest/records.js'
import type { AccountSettings, BacktestRun, OpenPosition } from '../backtest/run-account.js'
import { conventionsOf } from '../backtest/run-conventions.js'
import type { ParameterValues, Strategy } from '../backtest/strategy.js'
import { sizingWords } from '../execution/sizing-words.js'
import type { BacktestData } from '../documents/backtest.js'
import { backtestBreakdown } from './backtest-breakdown.js'
import type { ContractOf } from './backtest-on.js'
import type { LoadedInstrument } from './loaded-instrument.js'
import type { CostTerms } from './requested-costs.js'
import { settingsDocument, tiersDocument } from './settings-document.js'
import { curveBefore, volatilityBefore, type RunRegimes } from './trade-regimes.js'
import type { TradableInstrument } from './traded-instruments.js'

/** A run and what was measured on it. */
interface Measured {
  readonly strategy: Strategy
  readonly values: ParameterValues
  readonly loaded: readonly LoadedInstrument[]
  readonly tradable: readonly TradableInstrument[]
  readonly terms: CostTerms
  readonly settings: AccountSettings
  readonly run: BacktestRun
  readonly bounds: BacktestData['intrabarBounds']
  readonly capacity: BacktestData['capacity']
  readonly riskFreePerYear: number
  readonly contractOf: ContractOf
  readonly performance: Performance
  readonly metrics: Readonly<Record<string, number | null>>
  readonly guard: GuardResult
  readonly assertions: readonly Assertion[]
  readonly regimes: RunRegimes
}

const LAST_TRADES = 10
const DEEPEST = 5

/** The numbers beside the metrics that an assertion may name. */
export const SUMMARY_NUMBERS = ['equity.final', 'trades.count', 'costs.totalUsd']

function sizingDocument({ rule, caps, resize, resizeBand }: ResolvedSizing, run: BacktestRun): BacktestData['sizing'] {
  return {
    kind: rule.kind,
    formula: sizingWords(rule, run.barsPerYear),
    ...caps,
    resize,
    resizeBand: resize === 'bar' ? resizeBand : null,
    cappedDecisions: run.cappedDecisions,
    largestLots: largestOf(run.lots),
  }
}

function largestOf(lots: Float64Array): number {
  let most = 0
  for (let bar = 0; bar < lots.length; bar++) if (Math.abs(lots[bar]) > most) most = Math.abs(lots[bar])
  return most
}

function rangeOf(values: Float64Array): { readonly min: number; readonly max: number } {
  let min = Infinity
  let max = -Infinity
  for (let bar = 0; bar < values.length; bar++) {
    if (values[bar] < min) min = values[bar]
    if (values[bar] > max) max = values[bar]
  }
  return { min, max }
}

/** What the command answers. */
export function backtestDocument(measured: Measured): BacktestData {
  const {
    strategy,
    values,
    loaded,
    tradable,
    terms,
    settings,
    run,
    performance,
    metrics,
    guard,
    assertions,
    contractOf,
    regimes,
  } = measured
  const count = run.equityUsd.length
  const at = (bar: number): string => barTimeText(run.timeMs[bar])
  const { initialCapitalUsd } = settings
  const names = loaded.map(({ name }) => name)
  const positionOf = (open: OpenPosition | null): BacktestData['openPosition'] =>
    open && { lots: open.lots, entryPrice: open.entryPrice, entry: at(open.entryBar), profitUsd: open.profitUsd }
  const final = run.equityUsd[run.equityUsd.length - 1]
  const netProfitUsd = final - initialCapitalUsd
  const costs = {
    commissionUsd: run.commissionUsd,
    slippageUsd: run.slippageUsd,
    impactUsd: run.impactUsd,
    rollUsd: run.rollUsd,
    totalUsd: run.commissionUsd + run.slippageUsd + run.impactUsd + run.rollUsd,
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
  return {
    strategy: {
      name: strategy.name,
      rule: strategy.rule,
      parameters: { ...values },
      firstDecisionBar: strategy.firstDecisionBar(values),
    },
    instrument: loaded.some(({ isFile }) => isFile) ? null : names.join(','),
    series: loaded.map(({ words }) => words).join('; '),
    bars: count,
    first: at(0),
    last: at(count - 1),
    settings: settingsDocument(
      settings,
      terms,
      tradable.length === 1 ? tradable[0].traded.multiplier : null,
      measured.riskFreePerYear,
      performance.barsPerYear,
    ),
    instruments: tradable.map(({ traded, margins }, i) => ({
      name: traded.name,
      series: loaded[i].words,
      multiplier: traded.multiplier,
      legs: traded.legs.map(({ name, lots, multiplier, weight, costs }) => ({
        name,
        lots,
        multiplier,
        weight,
        costs: { ...costs, tiers: tiersDocument(costs.tiers) },
      })),
      margin: {
        words: margins.words,
        initialUsd: margins.initialUsd?.at(-1) ?? null,
        maintenanceUsd: margins.maintenanceUsd?.at(-1) ?? null,
        spreadCredit: margins.spreadCredit,
      },
      session: loaded[i].session ?? null,
      openPosition: positionOf(run.instruments[i].open),
    })),
    sizing: sizingDocument(
      resolveSizing(settings.sizing, () => strategy.sizing?.(values), settings.lots),
      run,
    ),
    equity: {
      initial: initialCapitalUsd,
      final,
      ...rangeOf(run.equityUsd),
    },
    trades: {
      count: trades.lots.length,
      last: Array.from({ length: Math.min(LAST_TRADES, trades.lots.length) }, (_, back) => {
        const t = Math.max(0, trades.lots.length - LAST_TRADES) + back
        const i = trades.instrument[t]
        return {
          instrument: names[i],
          side: trades.lots[t] > 0 ? 'long' : 'short',
          lots: Math.abs(trades.lots[t]),
          entry: at(trades.entryBar[t]),
          exit: at(trades.exitBar[t]),
          entryBar: trades.entryBar[t],
          exitBar: trades.exitBar[t],
          entryPrice: trades.entryPrice[t],
          exitPrice: trades.exitPrice[t],
          entryContract: contractOf(i, 0, trades.entryMonth[t]),
          exitContract: contractOf(i, 0, trades.exitMonth[t]),
          rolls: trades.rolls[t],
          grossUsd: trades.grossUsd[t],
          commissionUsd: trades.commissionUsd[t],
          netUsd: trades.netUsd[t],
          worstUsd: trades.worstUsd[t],
          bestUsd: trades.bestUsd[t],
          tag: run.tags[trades.tag[t]] || null,
          volatility: volatilityBefore(regimes, trades.entryBar[t]),
          curve: curveBefore(regimes, trades.entryBar[t]),
        }
      }),
    },
    fills: {
      count: run.fills.bar.length,
      rollCount: run.fills.reason.reduce((count, reason) => count + (FILL_REASONS[reason] === 'roll' ? 1 : 0), 0),
    },
    rolls: { count: run.rollsHeld },
    orders: run.orders,
    capacity: measured.capacity,
    openPosition: positionOf(run.open),
    attribution: {
      frontUsd: run.grossUsd - run.rollYieldUsd,
      rollYieldUsd: run.rollYieldUsd,
      grossProfitUsd: run.grossUsd,
    },
    costs,
    metrics,
    conventions: conventionsOf(settings, measured.riskFreePerYear, performance.barsPerYear, strategy.namesOrders),
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
    ...backtestBreakdown(run, regimes, (i) => Math.sign(tradable[i].traded.legs[0].lots)),
    ambiguousBars: run.ambiguousBars,
    intrabarBounds: measured.bounds,
    ruin: run.ruinBar === null ? null : { date: at(run.ruinBar), equityUsd: final },
    lookAhead: { checkedBars: guard.cutBars.map(at), recomputedShare: guard.recomputedShare },
    assertions: assertions.map((assertion) => checkAssertion(assertion, numbers)),
  }
}
