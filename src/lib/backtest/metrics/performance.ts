import { mean, sampleSd } from '../../kernel/moments.js'
import type { BacktestRun } from '../run-backtest.js'
import { sortTails } from './sort-tails.js'
import { FILL_REASONS, type TradeRows } from '../records.js'
import { underwater } from './underwater.js'

/** Share of the returns in either tail. */
const TAIL = 0.05
const ROLL = FILL_REASONS.indexOf('roll')

/** What every metric looks at: one equity series, its returns, and the round trips. */
export interface Performance {
  readonly initialCapitalUsd: number
  readonly equityUsd: Float64Array
  /** Return of equity of each bar but the first: n = bars − 1. */
  readonly returns: Float64Array
  /** The returns, their lowest and highest twentieth in ascending order. */
  readonly tailReturns: Float64Array
  readonly mean: number
  /** ddof 1; NaN where the returns do not vary, so that no ratio divides by rounding. */
  readonly sd: number
  /** Equity ÷ its highest so far − 1, ≤ 0; the first peak is the initial capital. */
  readonly drawdown: Float64Array
  /** Equity − its highest so far, USD, ≤ 0. */
  readonly drawdownUsd: Float64Array
  /** Lots held at each close. */
  readonly lots: Float64Array
  /** Contracts bought and sold, without those of rolls. */
  readonly tradedLots: number
  readonly commissionUsd: number
  readonly slippageUsd: number
  readonly trades: TradeRows
  /** Returns of the benchmark on the same bars; null without one. */
  readonly benchmark: Float64Array | null
  /** UTC milliseconds of each bar; null where no figure of months and years is wanted. */
  readonly timeMs: Float64Array | null
  /** By which figures are annualised: 252 of a day each. */
  readonly barsPerYear: number
  /** Rate a year ÷ bars a year, taken off the returns in Sharpe, Sortino and their kin. */
  readonly riskFreePerBar: number
}

export interface PerformanceOptions {
  readonly timeMs?: Float64Array
  /** Fraction a year; 0 by default. */
  readonly riskFreePerYear?: number
}

export interface Metric {
  readonly name: string
  /** Formula, unit and sign, as printed in `conventions`. */
  readonly convention: string
  /** NaN where it is undefined. */
  readonly value: (performance: Performance) => number
}

/** Bars in a year, of the exponent and of every annualised figure, where the bars do not say otherwise. */
export const BARS_PER_YEAR = 252

export function returnsOf(equityUsd: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, equityUsd.length - 1))
  for (let i = 0; i < returns.length; i++) returns[i] = equityUsd[i + 1] / equityUsd[i] - 1
  return returns
}

export function performanceOf(
  run: Pick<BacktestRun, 'equityUsd' | 'lots' | 'trades' | 'commissionUsd' | 'slippageUsd' | 'barsPerYear'> & {
    readonly fills: Pick<BacktestRun['fills'], 'lots' | 'reason'>
  },
  initialCapitalUsd: number,
  benchmark: Float64Array | null,
  { timeMs, riskFreePerYear = 0 }: PerformanceOptions = {},
): Performance {
  const { equityUsd, barsPerYear = BARS_PER_YEAR } = run
  const returns = returnsOf(equityUsd)
  const average = mean(returns)
  const sd = sampleSd(returns)
  return {
    initialCapitalUsd,
    equityUsd,
    returns,
    tailReturns: sortTails(returns, TAIL),
    mean: average,
    sd: sd > 1e-12 * Math.abs(average) ? sd : Number.NaN,
    ...underwater(equityUsd, initialCapitalUsd),
    lots: run.lots,
    tradedLots: tradedLots(run.fills),
    commissionUsd: run.commissionUsd,
    slippageUsd: run.slippageUsd,
    trades: run.trades,
    benchmark,
    timeMs: timeMs?.subarray(0, equityUsd.length) ?? null,
    barsPerYear,
    riskFreePerBar: riskFreePerYear / barsPerYear,
  }
}

function tradedLots({ lots, reason }: Pick<BacktestRun['fills'], 'lots' | 'reason'>): number {
  let sum = 0
  for (let f = 0; f < lots.length; f++) if (reason[f] !== ROLL) sum += Math.abs(lots[f])
  return sum
}
