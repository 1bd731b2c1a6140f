import { barTimeText } from '../backtest/price-bars.js'
import { coneOf } from '../backtest/robustness/cone.js'
import { distributionOf } from '../backtest/robustness/distribution.js'
import { keepPath, newPathFigures, type PathFigures } from '../backtest/robustness/path-figures.js'
import { shareOfPaths } from '../backtest/robustness/share-of-paths.js'
import type { SimulatePath } from '../backtest/robustness/simulate-path.js'
import type { Progress } from '../cli/context.js'
import type { BacktestMontecarloData } from '../documents/backtest-montecarlo.js'
import { yieldNow } from '../runtime/yield-now.js'

export interface DrawContext {
  readonly signal: AbortSignal
  progress(label: string, total: number): Progress
}

export interface DrawRequest {
  readonly simulate: SimulatePath
  readonly paths: number
  /** Of each bar of a path. */
  readonly timeMs: Float64Array
  /** Equity of the run itself; fewer bars where it ended in ruin. */
  readonly observedUsd: Float64Array
  readonly initialCapitalUsd: number
  readonly ruinUsd: number
  readonly barsPerYear: number
  readonly level: number
}

/** The parts of the answer that come out of the paths. */
export type PathSummary = Pick<
  BacktestMontecarloData,
  | 'paths'
  | 'level'
  | 'initialCapitalUsd'
  | 'ruinUsd'
  | 'finalEquity'
  | 'totalReturn'
  | 'sharpe'
  | 'maxDrawdown'
  | 'maxDrawdownUsd'
  | 'probabilityOfLoss'
  | 'probabilityOfLossInterval'
  | 'probabilityOfRuin'
  | 'probabilityOfRuinInterval'
  | 'cone'
>

export interface DrawnPaths {
  readonly figures: PathFigures
  /** Of the run itself, as one path. */
  readonly observed: PathFigures
  readonly summary: PathSummary
}

/** Paths between two looks at the signal. */
const PAUSE = 16

/** Makes the paths and measures them; the run is measured in the same way. */
export async function drawPaths(ctx: DrawContext, request: DrawRequest): Promise<DrawnPaths> {
  const { simulate, paths, timeMs, observedUsd, initialCapitalUsd, ruinUsd, barsPerYear, level } = request
  const measures = { initialCapitalUsd, ruinUsd, barsPerYear }
  const bars = timeMs.length
  const figures = newPathFigures(paths, bars, measures)
  const equityUsd = new Float64Array(bars)
  const progress = ctx.progress('paths', paths)
  try {
    for (let path = 0; path < paths; path++) {
      if (path % PAUSE === 0) await yieldNow(ctx.signal)
      keepPath(figures, path, equityUsd, simulate(equityUsd))
      progress.advance()
    }
  } finally {
    progress.stop()
  }
  const observed = newPathFigures(1, bars, measures)
  keepPath(observed, 0, observedUsd, observedUsd.length)
  const spread = (name: 'finalUsd' | 'sharpe' | 'maxDrawdown' | 'maxDrawdownUsd'): PathSummary['sharpe'] =>
    distributionOf(figures[name], Number.isFinite(observed[name][0]) ? observed[name][0] : null, level)
  const growth = (usd: number): number => usd / initialCapitalUsd - 1
  const loss = shareOfPaths(figures.finalUsd.filter((usd) => usd < initialCapitalUsd).length, paths, level)
  const ruin = shareOfPaths(figures.ruined.filter((is) => is === 1).length, paths, level)
  return {
    figures,
    observed,
    summary: {
      paths,
      level,
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
      cone: coneOf(figures, observedUsd).map((point) => ({ ...point, date: barTimeText(timeMs[point.bar]) })),
    },
  }
}
