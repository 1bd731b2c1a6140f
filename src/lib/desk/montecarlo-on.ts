import { checkAssertion, parseAssertion } from '../backtest/assertion.js'
import { barTimeText } from '../backtest/price-bars.js'
import { coneOf, type ConePoint } from '../backtest/robustness/cone.js'
import { distributionOf } from '../backtest/robustness/distribution.js'
import { keepPath, newPathFigures, type PathFigures } from '../backtest/robustness/path-figures.js'
import { shareOfPaths } from '../backtest/robustness/share-of-paths.js'
import type { BacktestMontecarloData } from '../documents/backtest-montecarlo.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { yieldNow } from '../runtime/yield-now.js'
import { backtestOn } from './backtest-on.js'
import { MONTECARLO_WORDS, preparePaths, type MontecarloContext, type MontecarloRequest } from './montecarlo-paths.js'

export interface MontecarloAnswer {
  readonly asOf: EpochDay
  readonly data: BacktestMontecarloData
  readonly figures: PathFigures
  readonly simulated: boolean
  readonly source: string
}

const FIGURES = ['finalEquity', 'totalReturn', 'sharpe', 'maxDrawdown', 'maxDrawdownUsd'] as const
const STATISTICS = [
  'mean',
  'sd',
  'p1',
  'p5',
  'p10',
  'p25',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'interval.low',
  'interval.high',
]

/** Every number that an assertion may name. */
const NUMBERS = [
  'probabilityOfLoss',
  'probabilityOfRuin',
  'pValueSharpe',
  'pValueFinalEquity',
  ...FIGURES.flatMap((figure) => STATISTICS.map((statistic) => `${figure}.${statistic}`)),
]

/** Paths between two looks at the signal. */
const PAUSE = 16

/** A back-test, and what chance might have made of it. */
export async function montecarloOn(ctx: MontecarloContext, request: MontecarloRequest): Promise<MontecarloAnswer> {
  const assertions = request.assertions.map((text) => parseAssertion(text, NUMBERS))
  const answer = await backtestOn(ctx, { ...request.backtest, assertions: [] }, ctx.rng('look-ahead'))
  const { data: run, settings } = answer
  const count = answer.run.equityUsd.length
  if (count < 20) {
    throw new ContangoError(
      'noData',
      'TOO_FEW_BARS',
      `${count} bars are too few to draw from; 20 are needed`,
      'a longer history',
      {
        bars: count,
      },
    )
  }
  const prepared = preparePaths(ctx, request, answer)
  const largestLots = answer.run.lots.reduce((most, lots) => Math.max(most, Math.abs(lots)), 0)
  const ruinUsd = request.ruinUsd ?? answer.maintenanceUsdPerLot * largestLots
  const { initialCapitalUsd } = settings
  const measures = { initialCapitalUsd, ruinUsd }
  // A run that ended in ruin has fewer bars than its prices; drawn from its own bars, paths are as long as it was.
  const length = prepared.resampled === null ? answer.run.timeMs.length : count
  const figures = newPathFigures(request.paths, length, measures)
  const equityUsd = new Float64Array(length)
  const progress = ctx.progress('paths', request.paths)
  try {
    for (let path = 0; path < request.paths; path++) {
      if (path % PAUSE === 0) await yieldNow(ctx.signal)
      keepPath(figures, path, equityUsd, prepared.simulate(equityUsd))
      progress.advance()
    }
  } finally {
    progress.stop()
  }
  const observed = newPathFigures(1, length, measures)
  keepPath(observed, 0, prepared.observedUsd, prepared.observedUsd.length)
  const { level, paths } = request
  const spread = (name: 'finalUsd' | 'sharpe' | 'maxDrawdown' | 'maxDrawdownUsd') =>
    distributionOf(figures[name], Number.isFinite(observed[name][0]) ? observed[name][0] : null, level)
  const growth = (usd: number): number => usd / initialCapitalUsd - 1
  const loss = shareOfPaths(
    countOf(figures.finalUsd, (usd) => usd < initialCapitalUsd),
    paths,
    level,
  )
  const ruin = shareOfPaths(
    countOf(figures.ruined, (is) => is === 1),
    paths,
    level,
  )
  const { entries } = prepared
  const pValue = (name: 'sharpe' | 'finalUsd'): number =>
    (1 + countOf(figures[name], (value) => value >= observed[name][0])) / (1 + paths)
  const data: Omit<BacktestMontecarloData, 'assertions'> = {
    strategy: { name: run.strategy.name, parameters: run.strategy.parameters },
    instrument: run.instrument,
    series: run.series,
    bars: count,
    first: run.first,
    last: barTimeText(answer.run.timeMs[count - 1]),
    trades: run.trades.count,
    method: request.method,
    how: MONTECARLO_WORDS[request.method],
    paths,
    level,
    resampled: prepared.resampled,
    block: prepared.block,
    initialCapitalUsd,
    ruinUsd,
    finalEquity: spread('finalUsd'),
    totalReturn: distributionOf(figures.finalUsd.map(growth), growth(observed.finalUsd[0]), level),
    sharpe: spread('sharpe'),
    maxDrawdown: spread('maxDrawdown'),
    maxDrawdownUsd: spread('maxDrawdownUsd'),
    probabilityOfLoss: loss.value,
    probabilityOfLossInterval: { low: loss.low, high: loss.high },
    probabilityOfRuin: ruin.value,
    probabilityOfRuinInterval: { low: ruin.low, high: ruin.high },
    garch: prepared.garch,
    randomEntry: entries && {
      ...entries,
      pValueSharpe: pValue('sharpe'),
      pValueFinalEquity: pValue('finalUsd'),
    },
    cone: coneOf(figures, prepared.observedUsd).map((point) => withDate(point, answer.run.timeMs)),
    conventions: {
      quantiles: 'type 7 over the paths on which the figure is defined',
      sharpe:
        'mean ÷ standard deviation (ddof 1) of the returns of equity × √252, risk-free rate 0; to the bar of ruin where there is one',
      maxDrawdown: 'lowest equity ÷ highest before it − 1; the first peak is the initial capital',
      path: `as many bars as the run, from its first equity; ${prepared.resampled === 'pnl' ? 'profits in USD are added' : prepared.resampled === 'returns' ? 'returns are compounded' : 'traded by the engine of the run at its costs'}`,
      block:
        'automatic: the longer of the lengths of Politis and White (2004, corrected 2009) for the returns and for their squares',
      intervals: 'of a figure: percentiles of the paths; of a probability: Wilson',
    },
  }
  const numbers = numbersOf(data)
  return {
    asOf: answer.asOf,
    data: { ...data, assertions: assertions.map((assertion) => checkAssertion(assertion, numbers)) },
    figures,
    simulated: answer.simulated,
    source: answer.source,
  }
}

function countOf(values: Float64Array | Uint8Array, holds: (value: number) => boolean): number {
  let count = 0
  for (const value of values) if (holds(value)) count++
  return count
}

function withDate(point: ConePoint, timeMs: Float64Array): BacktestMontecarloData['cone'][number] {
  return { ...point, date: barTimeText(timeMs[point.bar]) }
}

function numbersOf(data: Omit<BacktestMontecarloData, 'assertions'>): Record<string, number | null> {
  const numbers: Record<string, number | null> = {
    probabilityOfLoss: data.probabilityOfLoss,
    probabilityOfRuin: data.probabilityOfRuin,
    pValueSharpe: data.randomEntry?.pValueSharpe ?? null,
    pValueFinalEquity: data.randomEntry?.pValueFinalEquity ?? null,
  }
  for (const figure of FIGURES) {
    const { interval, ...rest } = data[figure]
    for (const [name, value] of Object.entries(rest)) numbers[`${figure}.${name}`] = value
    numbers[`${figure}.interval.low`] = interval.low
    numbers[`${figure}.interval.high`] = interval.high
  }
  return numbers
}
