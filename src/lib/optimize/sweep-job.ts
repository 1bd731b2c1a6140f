import { createCellRunner, type CellRunner } from '../backtest/lean/cell-runner.js'
import type { AccountSettings } from '../backtest/run-account.js'
import type { Strategy } from '../backtest/strategy.js'
import type { TradedInstrument } from '../backtest/traded-instrument.js'
import { unpackedCell, type PackedCells } from './packed-cells.js'
import { sweepCells, type SweepPlan, type SweepResults } from './sweep-cells.js'

/** Cells of a sweep and where their results go; plain values, so that a worker thread can take it up. */
export interface SweepJob {
  readonly instrument: TradedInstrument
  /** Name of a built-in strategy. */
  readonly strategy: string
  readonly settings: AccountSettings
  readonly plan: SweepPlan
  /** Parameters of every cell. */
  readonly cells: PackedCells
  /** Cells to compute, chunk after chunk. */
  readonly missing: Int32Array
  readonly chunkCells: number
  readonly results: SweepResults
  /** 1 for a chunk whose results are there. */
  readonly done: Int32Array
}

/** Computes one chunk; what it writes depends on the cells alone. */
export function sweepChunk(job: SweepJob, runner: CellRunner, chunk: number): void {
  const { plan, cells, missing, chunkCells, results, done } = job
  const end = Math.min(missing.length, (chunk + 1) * chunkCells)
  for (let i = chunk * chunkCells; i < end; i++) {
    const cell = missing[i]
    sweepCells(runner, plan, (at) => unpackedCell(cells, at), cell, cell + 1, results)
  }
  Atomics.store(done, chunk, 1)
}

const runners = new WeakMap<SweepJob, CellRunner>()

/** The job's runner on this thread: indicators are computed once a parameter. */
export function runnerOf(job: SweepJob, strategy: Strategy): CellRunner {
  const known = runners.get(job)
  if (known !== undefined) return known
  const runner = createCellRunner(job.instrument, strategy, job.settings)
  runners.set(job, runner)
  return runner
}
