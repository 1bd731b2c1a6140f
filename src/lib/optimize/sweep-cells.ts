import type { CellRunner } from '../backtest/lean/cell-runner.js'
import { blockCount, type BlockTarget } from '../backtest/lean/block-sums.js'
import { FAST_METRICS, LEAN_METRICS } from '../backtest/lean/lean-metrics.js'
import type { ParameterValues } from '../backtest/strategy.js'
import { mean } from '../kernel/moments.js'
import { innerWindows, type Window } from './folds/walk-forward.js'
import { scoreOf, type Objective } from './objective/objective.js'

/** What every cell of a sweep is measured on. */
export interface SweepPlan {
  /** All bars that the search may see: metrics and block sums are those of this window. */
  readonly sample: Window
  /** Training windows of the folds; each cell has a score in each. */
  readonly trains: readonly Window[]
  /** Parts of a training window that are scored one by one, for a nested search; 1 scores it as a whole. */
  readonly innerFolds: number
  readonly objective: Objective
}

/** Where results go, cell after cell; the columns may be shared between threads. */
export interface SweepResults {
  /** `LEAN_METRICS.length` numbers a cell. */
  readonly metrics: Float64Array
  /** A score for each training window; NaN for a cell that is not to be chosen there. */
  readonly foldScores: Float64Array
  /** {@link sampleBlocks} numbers a cell. */
  readonly sums: BlockTarget['sums']
  readonly squares: BlockTarget['squares']
}

/** Returns of the sample; bar 0 has none. */
export function sampleBars({ sample }: SweepPlan): number {
  return sample.until - Math.max(1, sample.from)
}

export function sampleBlocks(plan: SweepPlan): number {
  return blockCount(sampleBars(plan))
}

/**
 * Runs cells `from` to `until` and writes what the search and the over-fitting statistics need of each. What is written
 * depends on the cell alone, not on who computes it or what was computed before.
 * @param valuesAt parameters of a cell
 */
export function sweepCells(
  runner: CellRunner,
  plan: SweepPlan,
  valuesAt: (cell: number) => ParameterValues,
  from: number,
  until: number,
  results: SweepResults,
): void {
  const width = LEAN_METRICS.length
  const { sample, trains, objective, innerFolds } = plan
  const blocks = sampleBlocks(plan)
  const { goals, penalties } = objective
  const fast = [...goals.slice(0, 1), ...penalties].every(({ at }) => at < FAST_METRICS)
  const row = new Float64Array(width)
  // A part of a window is asked for its part of the trades.
  const inner = { ...objective, minTrades: objective.minTrades / innerFolds }
  const windows = trains.map((train) => (innerFolds > 1 ? innerWindows(train, innerFolds) : [train]))
  for (let cell = from; cell < until; cell++) {
    runner.load(valuesAt(cell))
    const { sums, squares } = results
    const target = { sums, squares, offset: cell * blocks }
    runner.run(sample.from, sample.until, { out: results.metrics, offset: cell * width, metrics: 'all' }, target)
    for (let fold = 0; fold < windows.length; fold++) {
      const scores = windows[fold].map((window) => {
        runner.run(window.from, window.until, { out: row, offset: 0, metrics: fast ? 'fast' : 'all' })
        return scoreOf(inner, row, 0)
      })
      results.foldScores[cell * trains.length + fold] = mean(scores)
    }
  }
}
