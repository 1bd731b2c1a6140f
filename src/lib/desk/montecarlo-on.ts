import { checkAssertion, parseAssertion } from '../backtest/assertion.js'
import { barTimeText } from '../backtest/price-bars.js'
import type { PathFigures } from '../backtest/robustness/path-figures.js'
import type { BacktestMontecarloData } from '../documents/backtest-montecarlo.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { backtestOn } from './backtest-on.js'
import { drawPaths } from './draw-paths.js'
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
  const { level, paths } = request
  const { figures, observed, summary } = await drawPaths(ctx, {
    simulate: prepared.simulate,
    paths,
    // A run that ended in ruin has fewer bars than its prices; drawn from its own bars, paths are as long as it was.
    timeMs: prepared.resampled === null ? answer.run.timeMs : answer.run.timeMs.subarray(0, count),
    observedUsd: prepared.observedUsd,
    initialCapitalUsd: settings.initialCapitalUsd,
    ruinUsd,
    barsPerYear: run.settings.barsPerYear,
    level,
  })
  const { entries } = prepared
  const pValue = (name: 'sharpe' | 'finalUsd'): number =>
    (1 + figures[name].filter((value) => value >= observed[name][0]).length) / (1 + paths)
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
    ...summary,
    resampled: prepared.resampled,
    block: prepared.block,
    garch: prepared.garch,
    randomEntry: entries && {
      ...entries,
      pValueSharpe: pValue('sharpe'),
      pValueFinalEquity: pValue('finalUsd'),
    },
    conventions: {
      quantiles: 'type 7 over the paths on which the figure is defined',
      sharpe: `mean ÷ standard deviation (ddof 1) of the returns of equity × √${Number(run.settings.barsPerYear.toPrecision(6))}, risk-free rate 0; to the bar of ruin where there is one`,
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
