import { LEAN_METRICS } from '../backtest/lean/lean-metrics.js'
import type { Column } from '../cli/table.js'
import type { OptimizeData } from '../documents/optimize.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { sampleBlocks } from '../optimize/sweep-cells.js'
import { planSweep, type OptimizeContext, type OptimizeRequest } from './plan-sweep.js'
import { shardDigest } from './shard-digest.js'
import { cellName, computeCells, newResults, SWEEP_ENGINE, sweepIdentity, sweepStore } from './sweep-cells-on.js'
import { tableParquet } from './table-parquet.js'

/** What the metadata of a shard's file says. */
export interface ShardFacts {
  readonly engine: string
  readonly identity: string
  readonly shard: number
  readonly of: number
  readonly total: number
  readonly trains: number
  readonly blocks: number
  /** Of its cells. */
  readonly sha256: string
  /** The command line of the whole search. */
  readonly argv: readonly string[]
}

export interface ShardAnswer {
  readonly asOf: EpochDay
  readonly data: Extract<OptimizeData, { shard: number }>
  readonly parquet: Uint8Array
}

/** Computes the cells whose index leaves the remainder shard − 1 when divided by `of`. */
export async function shardOn(
  ctx: OptimizeContext,
  request: OptimizeRequest,
  { shard, of }: { readonly shard: number; readonly of: number },
  argv: readonly string[],
): Promise<ShardAnswer> {
  if (request.search === 'tpe') {
    throw new ContangoError(
      'usage',
      'TPE_SHARD',
      'a Bayesian search learns from all cells before: it has no shards',
      '--search random, or latin-hypercube',
    )
  }
  const { sweep, cells: all, prepared } = await planSweep(ctx, request)
  if (sweep.strategy.outside === true) {
    throw new ContangoError(
      'usage',
      'OWN_STRATEGY_SHARD',
      'cells of a strategy of your own are not kept, its code may change: they cannot be merged',
      'contango backtest list names the others',
    )
  }
  const numbers = Array.from((all ?? []).keys()).filter((cell) => cell % of === shard - 1)
  const cells = numbers.map((cell) => (all ?? [])[cell])
  const results = newResults(sweep, cells.length)
  const store = sweepStore(ctx, sweep)
  try {
    await computeCells(ctx, sweep, cells, results, store)
  } finally {
    store?.close()
  }
  const { plan, instrument } = sweep
  const facts: ShardFacts = {
    engine: SWEEP_ENGINE,
    identity: sweepIdentity(sweep),
    shard,
    of,
    total: all?.length ?? 0,
    trains: plan.trains.length,
    blocks: sampleBlocks(plan),
    sha256: shardDigest(cells.map(cellName), results),
    argv,
  }
  const spread = (prefix: string, values: Float64Array | Float32Array, width: number): Column[] =>
    Array.from({ length: width }, (_, i) => ({
      name: `${prefix}${i + 1}`,
      kind: 'number',
      values: Float64Array.from(cells, (_, cell) => values[cell * width + i]),
    }))
  const columns: Column[] = [
    { name: 'cell', kind: 'integer', values: numbers },
    { name: 'key', kind: 'text', values: cells.map(cellName) },
    { name: 'parameters', kind: 'text', values: cells.map((values) => JSON.stringify(values)) },
    ...spread('metric', results.metrics, LEAN_METRICS.length).map((column, i) => ({
      ...column,
      name: LEAN_METRICS[i],
    })),
    ...spread('fold', results.foldScores, facts.trains),
    ...spread('sum', results.sums, facts.blocks),
    ...spread('square', results.squares, facts.blocks),
  ]
  const { timeMs } = instrument.bars
  return {
    asOf: Math.floor(timeMs[timeMs.length - 1] / 86_400_000),
    data: { shard, of, cells: cells.length, total: facts.total, identity: facts.identity },
    parquet: tableParquet(
      { length: cells.length, columns },
      { shard: JSON.stringify(facts), simulated: String(prepared.loaded[0].simulated) },
    ),
  }
}
