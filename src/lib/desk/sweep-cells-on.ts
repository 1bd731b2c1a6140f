import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { runnerKind } from '../backtest/lean/cell-runner.js'
import { LEAN_METRICS } from '../backtest/lean/lean-metrics.js'
import type { AccountSettings } from '../backtest/run-account.js'
import type { ParameterValues, Strategy } from '../backtest/strategy.js'
import type { TradedInstrument } from '../backtest/traded-instrument.js'
import { canonicalJson } from '../kernel/canonical-json.js'
import { packCells } from '../optimize/packed-cells.js'
import { sampleBlocks, type SweepPlan, type SweepResults } from '../optimize/sweep-cells.js'
import { runnerOf, sweepChunk, type SweepJob } from '../optimize/sweep-job.js'
import { mapInWorkers } from '../runtime/pool.js'
import { sharedArrays } from '../runtime/shared-arrays.js'
import { workerFile } from '../runtime/worker-file.js'
import { yieldNow } from '../runtime/yield-now.js'
import { cellKeyOf, openCellStore, type CellStore } from '../store/cell-store.js'

/** Changes whenever a cell would come out otherwise: cells of another one are not taken up. */
export const SWEEP_ENGINE = '3'
/** Cells that are kept at once, and what they may take: what a kill loses. */
const CHUNK_CELLS = 128
const CHUNK_MS = 500
/** A bar of one window, roughly, on the lean path and through the engine. */
const BAR_NS = { lean: 15, engine: 500 }
/** Fewer cells, and less work, are done before a thread has started. */
const WORTH_CELLS = 256
const WORTH_MS = 150

export interface SweepContext {
  readonly signal: AbortSignal
  /** data/ of the workspace; null keeps nothing. */
  readonly dataDir: string | null
  note(message: string): void
  progress(label: string, total: number): { advance(by?: number): void; stop(): void }
}

export interface Sweep {
  readonly instrument: TradedInstrument
  readonly strategy: Strategy
  readonly settings: AccountSettings
  readonly plan: SweepPlan
  readonly threads: number | null
}

/** Key of a cell within its sweep. */
export function cellName(values: ParameterValues): string {
  return cellKeyOf(canonicalJson(values))
}

/** Results of all cells, in shared memory. */
export function newResults({ plan }: Pick<Sweep, 'plan'>, cells: number): SweepResults {
  const doubles = (count: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * count))
  const floats = (count: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * count))
  const blocks = sampleBlocks(plan)
  return {
    metrics: doubles(cells * LEAN_METRICS.length),
    foldScores: doubles(cells * plan.trains.length),
    sums: floats(cells * blocks),
    squares: floats(cells * blocks),
  }
}

/** The cells that earlier runs finished, of the same strategy, prices, account and plan. */
export function sweepStore(ctx: SweepContext, sweep: Sweep): CellStore | null {
  const { strategy, plan } = sweep
  if (ctx.dataDir === null || strategy.outside === true) return null
  const identity = sweepIdentity(sweep)
  const folder = join(ctx.dataDir, 'sweeps', identity)
  const engines = enginesIn(folder)
  if (engines.length > 0 && !engines.includes(`engine-${SWEEP_ENGINE}`)) {
    ctx.note(`cells of ${engines.join(', ')} are there and are computed anew: this is engine-${SWEEP_ENGINE}`)
  }
  return openSweepStore(ctx.dataDir, identity, { trains: plan.trains.length, blocks: sampleBlocks(plan) })
}

/** Strategy, account, folds and prices as 24 hex digits: cells of two sweeps with the same are interchangeable. */
export function sweepIdentity({ instrument, strategy, settings, plan }: Sweep): string {
  const text = canonicalJson({ strategy: strategy.name, settings, plan, prices: fingerprint(instrument) })
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}

/** How many scores of searches and sums of blocks a cell has. */
export interface CellShape {
  readonly trains: number
  readonly blocks: number
}

/** The kept cells of the sweep with that identity, computed by this engine. */
export function openSweepStore(dataDir: string, identity: string, { trains, blocks }: CellShape): CellStore {
  return openCellStore(join(dataDir, 'sweeps', identity, `engine-${SWEEP_ENGINE}`), {
    doubles: LEAN_METRICS.length + trains,
    floats: 2 * blocks,
  })
}

/** Computes what the store does not know, and keeps it while it is computed: a kill loses the chunks in hand. */
export async function computeCells(
  ctx: SweepContext,
  sweep: Sweep,
  cells: readonly ParameterValues[],
  results: SweepResults,
  store: CellStore | null,
): Promise<{ computed: number; kept: number }> {
  // A name costs a hash and a string: only where a store asks for it.
  const keys = store === null ? [] : cells.map(cellName)
  const shape: CellShape = { trains: sweep.plan.trains.length, blocks: sampleBlocks(sweep.plan) }
  const missing: number[] = []
  cells.forEach((_, cell) => {
    const record = store === null ? null : store.read(keys[cell])
    if (record === null) missing.push(cell)
    else readRecord(record, shape, cell, results)
  })
  const threads = sweep.threads ?? availableParallelism()
  const isShared = threads > 1 && worthThreads(sweep, missing.length) && sweep.strategy.outside !== true
  const chunkCells = chunkCellsOf(sweep, missing.length, isShared ? threads : 1)
  const chunks = Math.ceil(missing.length / chunkCells)
  const job: SweepJob = {
    instrument: sweep.instrument,
    strategy: sweep.strategy.name,
    settings: sweep.settings,
    plan: sweep.plan,
    cells: packCells(cells),
    missing: Int32Array.from(missing),
    chunkCells,
    results,
    done: new Int32Array(new SharedArrayBuffer(4 * Math.max(1, chunks))),
  }
  const saved = new Uint8Array(chunks)
  const progress = ctx.progress('cells', missing.length)
  const save = (): void => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      if (saved[chunk] === 1 || Atomics.load(job.done, chunk) === 0) continue
      saved[chunk] = 1
      const ready = missing.slice(chunk * chunkCells, (chunk + 1) * chunkCells)
      progress.advance(ready.length)
      store?.append(
        ready.map((cell) => ({
          key: keys[cell],
          fill: (record: DataView) => writeRecord(record, shape, cell, results),
        })),
      )
    }
  }
  try {
    if (isShared) {
      const order = Array.from({ length: chunks }, (_, chunk) => chunk)
      // Results and marks are in shared memory before: the workers write into those.
      const { results: _results, done: _done, ...rest } = job
      await mapInWorkers(order, {
        file: workerFile('sweep'),
        threads: Math.min(threads, chunks),
        shared: { ...sharedArrays(rest), results, done: job.done },
        signal: ctx.signal,
        onProgress: save,
      })
    } else {
      const runner = runnerOf(job, sweep.strategy)
      for (let chunk = 0; chunk < chunks; chunk++) {
        await yieldNow(ctx.signal)
        sweepChunk(job, runner, chunk)
        save()
      }
    }
  } finally {
    save()
    progress.stop()
  }
  return { computed: missing.length, kept: cells.length - missing.length }
}

/** Milliseconds of a cell on one thread, roughly. */
function cellMs({ instrument, strategy, settings, plan }: Sweep): number {
  const windows = [plan.sample, ...plan.trains]
  const bars = windows.reduce((sum, { from, until }) => sum + until - from, 0)
  return (bars * BAR_NS[runnerKind(instrument, strategy, settings)]) / 1e6
}

/** Whether so many cells are many, or slow, enough for more than one thread. */
export function worthThreads(sweep: Sweep, cells: number): boolean {
  return cells >= WORTH_CELLS || (cells > 1 && cells * cellMs(sweep) >= WORTH_MS)
}

/** Fewer cells a chunk where they are slow: finished ones are on disk within a second; and something for each thread. */
function chunkCellsOf(sweep: Sweep, cells: number, threads: number): number {
  const share = Math.ceil(cells / (4 * threads))
  return Math.max(1, Math.min(CHUNK_CELLS, share, Math.floor(CHUNK_MS / cellMs(sweep))))
}

/** A cell of `results` as its record in the store. */
export function writeRecord(
  record: DataView,
  { trains, blocks }: CellShape,
  cell: number,
  results: SweepResults,
): void {
  const width = LEAN_METRICS.length
  let at = 0
  for (let i = 0; i < width; i++, at += 8) record.setFloat64(at, results.metrics[cell * width + i], true)
  for (let i = 0; i < trains; i++, at += 8) record.setFloat64(at, results.foldScores[cell * trains + i], true)
  for (let i = 0; i < blocks; i++, at += 4) record.setFloat32(at, results.sums[cell * blocks + i], true)
  for (let i = 0; i < blocks; i++, at += 4) record.setFloat32(at, results.squares[cell * blocks + i], true)
}

function readRecord(record: DataView, { trains, blocks }: CellShape, cell: number, results: SweepResults): void {
  const width = LEAN_METRICS.length
  let at = 0
  for (let i = 0; i < width; i++, at += 8) results.metrics[cell * width + i] = record.getFloat64(at, true)
  for (let i = 0; i < trains; i++, at += 8) results.foldScores[cell * trains + i] = record.getFloat64(at, true)
  for (let i = 0; i < blocks; i++, at += 4) results.sums[cell * blocks + i] = record.getFloat32(at, true)
  for (let i = 0; i < blocks; i++, at += 4) results.squares[cell * blocks + i] = record.getFloat32(at, true)
}

function fingerprint(instrument: TradedInstrument): string {
  const hash = createHash('sha256')
  const add = (value: unknown, name: string): void => {
    hash.update(`${name}:`)
    if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array) {
      hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) add(one, key)
    } else hash.update(String(value))
  }
  add(instrument, 'instrument')
  return hash.digest('hex')
}

function enginesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
