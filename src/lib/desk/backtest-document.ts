import { checkAssertion, type Assertion } from '../backtest/assertion.js'
import type { GuardResult } from '../backtest/look-ahead-guard.js'
import { drawdownsOf } from '../backtest/metrics/drawdown.js'
import type { Performance } from '../backtest/metrics/performance.js'
import { resolveSizing, type ResolvedSizing } from '../backtest/prepare-sizing.js'
import { barTimeText } from '../backtest/price-bars.js'
import type { BacktestRun, BacktestSettings } from '../backtest/run-backtest.js'
import { conventionsOf } from '../backtest/run-conventions.js'
import type { ParameterValues, Strategy } from '../backtest/strategy.js'
import { sizingWords } from '../execution/sizing-words.js'
import type { BacktestData } from '../documents/backtest.js'
import { backtestBreakdown } from './backtest-breakdown.js'
import type { BacktestBars } from './backtest-bars.js'
import type { BacktestRequest } from './backtest-on.js'

/** A run and what was measured on it. */
interface Measured {
  readonly strategy: Strategy
  readonly values: ParameterValues
  readonly loaded: BacktestBars
  readonly settings: BacktestSettings
  readonly order: BacktestRequest['order']
  readonly run: BacktestRun
  readonly performance: Performance
  readonly metrics: Readonly<Record<string, number | null>>
  readonly guard: GuardResult
  readonly assertions: readonly Assertion[]
  /** Of the curve before each bar; null where there is none. */
  readonly shapes: Int8Array | null
}

const LAST_TRADES = 10
const DEEPEST = 5

/** The numbers beside the metrics that an assertion may name. */
export const SUMMARY_NUMBERS = ['equity.final', 'trades.count', 'costs.totalUsd']

function sizingDocument({ rule, caps, resize, resizeBand }: ResolvedSizing, run: BacktestRun): BacktestData['sizing'] {
  return {
    kind: rule.kind,
    formula: sizingWords(rule),
    ...caps,
    resize,
    resizeBand: resize === 'bar' ? resizeBand : null,
    cappedDecisions: run.cappedDecisions,
    largestLots: run.lots.reduce((most, lots) => Math.max(most, Math.abs(lots)), 0),
  }
}

/** What the command answers. */
export function backtestDocument(measured: Measured): BacktestData {
  const { strategy, values, loaded, settings, order, run, performance, metrics, guard, assertions } = measured
  const { bars, instrument } = loaded
  const count = bars.timeMs.length
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
  return {
    strategy: {
      name: strategy.name,
      rule: strategy.rule,
      parameters: { ...values },
      firstDecisionBar: strategy.firstDecisionBar(values),
    },
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
      ...order,
    },
    sizing: sizingDocument(resolveSizing(settings.sizing, strategy.sizing?.(values), settings.lots), run),
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
    ...backtestBreakdown(bars, run, measured.shapes),
    ambiguousBars: run.ambiguousBars,
    ruin: run.ruinBar === null ? null : { date: at(run.ruinBar), equityUsd: final },
    lookAhead: { checkedBars: guard.cutBars.map(at), recomputedShare: guard.recomputedShare },
    assertions: assertions.map((assertion) => checkAssertion(assertion, numbers)),
  }
}
