import { checkAssertion, parseAssertion } from '../backtest/assertion.js'
import { correlation } from '../backtest/metrics/correlation.js'
import { commonDays, equityOn } from '../backtest/metrics/daily-equity.js'
import { equityMetrics } from '../backtest/metrics/equity-metrics.js'
import { returnsOf } from '../backtest/metrics/performance.js'
import { automaticBlock } from '../backtest/robustness/automatic-block.js'
import { holmAdjusted } from '../backtest/robustness/holm.js'
import { sharpeDifference } from '../backtest/robustness/sharpe-difference.js'
import type { BacktestCompareData } from '../documents/backtest-compare.js'
import { isoDays, isoFromDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { sampleSd } from '../kernel/moments.js'
import type { Rng } from '../kernel/rng.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { Comparand } from './comparands.js'

export interface CompareRequest {
  readonly draws: number
  /** Mean block length in days; null chooses it. */
  readonly block: number | null
  readonly level: number
  readonly assertions: readonly string[]
}

export interface CompareContext {
  readonly signal: AbortSignal
  rng(stream: string): Rng
  warn(code: string, message: string, details?: Readonly<Record<string, unknown>>): void
}

/** Runs on the days that they share. */
export interface Comparison {
  readonly data: BacktestCompareData
  readonly days: Int32Array
  /** Of each run, on those days. */
  readonly equityUsd: readonly Float64Array[]
  readonly combinedUsd: Float64Array
}

const FEWEST_DAYS = 20
const MOST_DROPPED = 5
/** With more runs, pairs are of the first with each other one. */
const MOST_FOR_ALL_PAIRS = 6

/** Lays runs side by side: metrics, correlation, one account of all, and whether a difference of Sharpe ratios is more than chance. */
export async function compareBacktests(
  ctx: CompareContext,
  runs: readonly Comparand[],
  request: CompareRequest,
): Promise<Comparison> {
  const { draws, level } = request
  const days = commonDays(runs.map(({ equity }) => equity))
  if (days.length < FEWEST_DAYS) {
    throw new ContangoError(
      'noData',
      'NO_COMMON_DAYS',
      `the runs share ${days.length} days; ${FEWEST_DAYS} are needed`,
      'runs of one period',
      { days: days.length },
    )
  }
  const pairOf = pairsOf(runs.length)
  const names = equityMetrics(Float64Array.of(1, 1)).map(({ name }) => name)
  const numbersAllowed = [
    ...runs.flatMap((_, i) => names.map((name) => `run${i + 1}.${name}`)),
    ...names.map((name) => `combined.${name}`),
    ...pairOf.flatMap((_, i) => PAIR_NUMBERS.map((name) => `pair${i + 1}.${name}`)),
  ]
  const assertions = request.assertions.map((text) => parseAssertion(text, numbersAllowed))
  const equityUsd = runs.map(({ equity }) => equityOn(equity, days))
  const returns = equityUsd.map(returnsOf)
  const combinedUsd = Float64Array.from(days, (_, i) => equityUsd.reduce((sum, usd) => sum + usd[i], 0))
  const profits = (usd: Float64Array): Float64Array => usd.subarray(1).map((value, i) => value - usd[i])
  const apart = equityUsd.reduce((sum, usd) => sum + sampleSd(profits(usd)), 0)
  const together = sampleSd(profits(combinedUsd))
  const rng = ctx.rng('compare')
  const pairs: BacktestCompareData['pairs'] = []
  for (const [a, b] of pairOf) {
    const block =
      request.block ?? Math.max(automaticBlock(returns[a], 'stationary'), automaticBlock(returns[b], 'stationary'))
    const found = await sharpeDifference(returns[a], returns[b], {
      block,
      draws,
      level,
      rng,
      pause: () => yieldNow(ctx.signal),
    })
    pairs.push({
      a: runs[a].label,
      b: runs[b].label,
      sharpeDifference: found?.difference ?? null,
      standardError: found?.standardError ?? null,
      interval: { low: found?.low ?? null, high: found?.high ?? null },
      pValue: found?.pValue ?? null,
      holmPValue: null,
      studentisedPValue: found?.studentisedPValue ?? null,
      hacPValue: found?.hacPValue ?? null,
      memmelPValue: found?.memmelPValue ?? null,
      probabilityBetter: found?.probabilityBetter ?? null,
      blockDays: block,
    })
  }
  const tested = pairs.filter(({ pValue }) => pValue !== null)
  holmAdjusted(tested.map(({ pValue }) => pValue ?? 1)).forEach((value, i) => (tested[i].holmPValue = value))
  const own = equityUsd.map(equityMetrics)
  const combined = equityMetrics(combinedUsd)
  const dropped = runs.map(({ equity }) => droppedDays(equity.days, days))
  dropped.forEach(({ length }, i) => {
    if (length > 0) {
      ctx.warn('DAYS_DROPPED', `${runs[i].label}: ${length} of its days are not in every run and are not compared`, {
        run: runs[i].label,
        days: length,
      })
    }
  })
  const metricNames = [...new Set(runs.flatMap(({ data }) => Object.keys(data.metrics)))]
  const data: Omit<BacktestCompareData, 'assertions'> = {
    runs: runs.map(({ label, from, id, data: run }, i) => ({
      label,
      from,
      id,
      strategy: run.strategy.name,
      parameters: run.strategy.parameters,
      instrument: run.instrument,
      first: run.first,
      last: run.last,
      bars: run.bars,
      trades: run.trades.count,
      finalUsd: run.equity.final,
      droppedDays: dropped[i].length,
      firstDropped: isoDays(dropped[i].subarray(0, MOST_DROPPED)),
    })),
    metrics: metricNames.map((name) => ({
      name,
      convention: runs.find(({ data: run }) => name in run.conventions)?.data.conventions[name] ?? null,
      values: runs.map(({ data: run }) => run.metrics[name] ?? null),
    })),
    common: {
      first: isoFromDay(days[0]),
      last: isoFromDay(days[days.length - 1]),
      days: days.length,
      metrics: names.map((name, m) => ({
        name,
        values: own.map((metrics) => metrics[m].value),
        combined: combined[m].value,
      })),
    },
    correlation: returns.map((a) => returns.map((b) => (a === b ? 1 : orNull(correlation(a, b))))),
    combined: {
      initialUsd: combinedUsd[0],
      finalUsd: combinedUsd[combinedUsd.length - 1],
      diversification: together > 0 ? orNull(apart / together) : null,
    },
    pairs,
    level,
    draws,
    conventions: CONVENTIONS,
  }
  const numbers = numbersOf(data)
  return {
    data: { ...data, assertions: assertions.map((assertion) => checkAssertion(assertion, numbers)) },
    days,
    equityUsd,
    combinedUsd,
  }
}

const CONVENTIONS = {
  days: 'days that every run has; a return spans what lies between two of them',
  equity: 'at the last close of each day',
  combined: 'profits in USD of all runs added up, each with the size and capital that it has',
  sharpe: 'mean ÷ standard deviation (ddof 1) of daily returns × √252, risk-free rate 0',
  pairs:
    'both series are drawn at the same days; blocks of the longer of the lengths of Politis and White for the returns and their squares of either',
} as const

const PAIR_NUMBERS = [
  'sharpeDifference',
  'pValue',
  'holmPValue',
  'studentisedPValue',
  'hacPValue',
  'memmelPValue',
  'probabilityBetter',
] as const

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

function pairsOf(runs: number): [number, number][] {
  const pairs: [number, number][] = []
  for (let a = 0; a < (runs > MOST_FOR_ALL_PAIRS ? 1 : runs); a++) for (let b = a + 1; b < runs; b++) pairs.push([a, b])
  return pairs
}

function droppedDays(days: Int32Array, common: Int32Array): Int32Array {
  const kept = new Set(common)
  return days.filter((day) => !kept.has(day))
}

function numbersOf({ common, pairs }: Omit<BacktestCompareData, 'assertions'>): Record<string, number | null> {
  const numbers: Record<string, number | null> = {}
  for (const { name, values, combined } of common.metrics) {
    values.forEach((value, i) => (numbers[`run${i + 1}.${name}`] = value))
    numbers[`combined.${name}`] = combined
  }
  pairs.forEach((pair, i) => {
    for (const name of PAIR_NUMBERS) numbers[`pair${i + 1}.${name}`] = pair[name]
  })
  return numbers
}
