import { availableParallelism } from 'node:os'
import type { OptimizeData } from '../documents/optimize.js'
import { createCellRunner } from '../backtest/lean/cell-runner.js'
import type { ParameterValues } from '../backtest/strategy.js'
import { stationaryWeights } from '../optimize/overfitting/block-bootstrap.js'
import { cscvParts } from '../optimize/overfitting/cscv.js'
import { overfittingPart, type OverfittingJob } from '../optimize/overfitting/overfitting-job.js'
import { randomCells } from '../optimize/space/draw-cells.js'
import { sampleBars, sampleBlocks, sweepCells } from '../optimize/sweep-cells.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { OptimizeContext, OptimizeRequest, PlannedSweep } from './plan-sweep.js'
import { cellName, newResults, sweepStore, worthThreads } from './sweep-cells-on.js'

/** Cells that are timed: from all over the grid, as a slow average costs more than a fast one. */
const TIMED_CELLS = 64
/** Timed again and again for so long: the first cells are slow because their code is new. */
const TIMED_MS = 300

type Size = Extract<OptimizeData, { dryRun: true }>

/** How many cells a search has, how many of them are kept from before, and about how long the rest takes on so many threads. */
export async function sweepSize(
  ctx: OptimizeContext,
  planned: PlannedSweep,
  { trials, innerFolds, threads: asked, resamples }: OptimizeRequest,
  nowMs: () => number,
): Promise<{ size: Size; threads: number; seconds: number }> {
  const { sweep, cells, excluded, folds } = planned
  const count = cells?.length ?? trials
  const store = sweepStore(ctx, sweep)
  const kept = (cells ?? []).filter((values) => store?.has(cellName(values))).length
  store?.close()
  const threads = asked ?? availableParallelism()
  const size: Size = {
    dryRun: true,
    cells: count,
    excluded,
    kept,
    bars: sampleBars(sweep.plan),
    folds: folds.length,
    runs: count * (1 + folds.length * innerFolds),
  }
  // Those of a Bayesian search are not known yet: others of its space stand in.
  const like = cells ?? randomCells(planned.space, Math.min(trials, TIMED_CELLS), ctx.rng('timing'))
  const { cellMs, testsMs, cscvMs } = await timed(ctx, planned, like, resamples, nowMs)
  const cellsMs = ((count - kept) * cellMs) / (cells !== null && worthThreads(sweep, count - kept) ? threads : 1)
  // Cross-validation is one piece of work for one thread.
  const restMs = count * Math.max(cscvMs, (cscvMs + testsMs) / threads)
  return { size, threads, seconds: (cellsMs + restMs) / 1000 }
}

/** Milliseconds a cell on one thread: of the cell itself, of the bootstrap, and of cross-validation. */
async function timed(
  ctx: OptimizeContext,
  { sweep }: PlannedSweep,
  cells: readonly ParameterValues[],
  resamples: number,
  nowMs: () => number,
): Promise<{ cellMs: number; testsMs: number; cscvMs: number }> {
  const n = Math.min(TIMED_CELLS, cells.length)
  const some = Array.from({ length: n }, (_, i) => cells[Math.floor((i * cells.length) / n)])
  const results = newResults(sweep, n)
  // One runner, as a thread has: what an indicator costs is shared by all cells that look at it.
  const runner = createCellRunner(sweep.instrument, sweep.strategy, sweep.settings)
  const blocks = sampleBlocks(sweep.plan)
  const { sums, squares } = results
  const job: OverfittingJob = {
    trials: { trials: n, bars: sampleBars(sweep.plan), blocks, sums, squares },
    weights: stationaryWeights(blocks, resamples, 2, ctx.rng('timing')),
    parts: cscvParts(blocks),
    combinatorial: null,
  }
  const best = { cellMs: Infinity, testsMs: Infinity, cscvMs: Infinity }
  const time = (name: keyof typeof best, work: () => unknown): void => {
    const startedMs = nowMs()
    work()
    best[name] = Math.min(best[name], (nowMs() - startedMs) / n)
  }
  const startedMs = nowMs()
  do {
    await yieldNow(ctx.signal)
    time('cellMs', () => sweepCells(runner, sweep.plan, (cell) => some[cell], 0, n, results))
    time('testsMs', () => overfittingPart(job, { from: 0, until: n }))
    time('cscvMs', () => (job.parts > 0 ? overfittingPart(job, 'cscv') : null))
  } while (nowMs() - startedMs < TIMED_MS)
  return best
}
