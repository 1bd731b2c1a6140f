import { LEAN_METRICS } from '../../src/lib/backtest/lean/lean-metrics.js'
import { MARKET_ORDERS } from '../../src/lib/backtest/order-rules.js'
import type { PriceBars } from '../../src/lib/backtest/price-bars.js'
import { plainInstrument } from '../../src/lib/backtest/traded-instrument.js'
import type { ParameterValues } from '../../src/lib/backtest/strategy.js'
import { NO_COSTS } from '../../src/lib/execution/costs.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { parseObjective } from '../../src/lib/optimize/objective/objective.js'
import { stationaryWeights } from '../../src/lib/optimize/overfitting/block-bootstrap.js'
import { cscvParts } from '../../src/lib/optimize/overfitting/cscv.js'
import { overfittingParts, type OverfittingJob } from '../../src/lib/optimize/overfitting/overfitting-job.js'
import { packCells } from '../../src/lib/optimize/packed-cells.js'
import { sampleBars, sampleBlocks, type SweepPlan } from '../../src/lib/optimize/sweep-cells.js'
import type { SweepJob } from '../../src/lib/optimize/sweep-job.js'
import { mapInWorkers } from '../../src/lib/runtime/pool.js'
import { sharedArrays } from '../../src/lib/runtime/shared-arrays.js'

const CHUNK_CELLS = 64

/** Crossovers and the tests of what is owed to the search, as often as it is asked for; workers stay from one time to the next. */
export function searchOf(
  file: string,
  bars: PriceBars,
  cells: readonly ParameterValues[],
): (threads: number) => Promise<void> {
  const count = bars.close.length
  const plan: SweepPlan = {
    sample: { from: 0, until: count },
    trains: [0.25, 0.5].map((from) => ({ from: Math.floor(from * count), until: Math.floor((from + 0.5) * count) })),
    innerFolds: 1,
    objective: parseObjective('sharpe', 0, []),
  }
  const blocks = sampleBlocks(plan)
  const floats = (): Float32Array => new Float32Array(new SharedArrayBuffer(4 * cells.length * blocks))
  const doubles = (width: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * cells.length * width))
  const results = { metrics: doubles(LEAN_METRICS.length), foldScores: doubles(2), sums: floats(), squares: floats() }
  const chunks = Array.from({ length: Math.ceil(cells.length / CHUNK_CELLS) }, (_, chunk) => chunk)
  const costs = { ...NO_COSTS, commissionUsdPerLot: 2.5, slippagePrice: 0.01 }
  const weights = stationaryWeights(blocks, 1000, 2, seededRng(1, 'bench'))
  const { signal } = new AbortController()
  return async (threads) => {
    const job: SweepJob = {
      instrument: plainInstrument('bars', bars, 1000, costs, { initial: 0, maintenance: 0 }),
      strategy: 'ma-crossover',
      settings: { ...MARKET_ORDERS, lots: 1, sizing: null, initialCapitalUsd: 1e6 },
      plan,
      cells: packCells(cells),
      missing: Int32Array.from(cells.keys()),
      chunkCells: CHUNK_CELLS,
      results,
      done: new Int32Array(new SharedArrayBuffer(4 * chunks.length)),
    }
    await mapInWorkers(chunks, { file, threads, shared: sharedArrays(job), signal })
    const trials = {
      trials: cells.length,
      bars: sampleBars(plan),
      blocks,
      sums: results.sums,
      squares: results.squares,
    }
    const tests: OverfittingJob = { trials, weights, parts: cscvParts(blocks), combinatorial: null }
    await mapInWorkers(overfittingParts(tests), { file, threads, shared: tests, signal })
  }
}
