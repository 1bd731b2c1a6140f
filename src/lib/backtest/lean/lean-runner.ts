import { wholeLots } from '../../execution/sizing.js'
import { createIndicatorCache } from '../indicator-cache.js'
import type { PriceBars } from '../price-bars.js'
import type { Strategy } from '../strategy.js'
import { blockCount, type BlockTarget } from './block-sums.js'
import type { CellRunner } from './cell-runner.js'
import type { LeanMarket } from './lean-market.js'
import { FAST_METRICS, LEAN_METRICS, measureFast, measureSlow } from './lean-metrics.js'
import { newLeanPath, runLean, type LeanPath } from './lean-path.js'
import { decideAll } from './position-changes.js'

/** Columns of indicators that a sweep keeps. */
const CACHE_BYTES = 64 * 2 ** 20

/**
 * The lean path of a strategy: positions first, then equity of any window of bars, without allocating anything but what the
 * strategy does. Its numbers are those of the engine.
 * @param bars what the strategy looks at
 * @param engine runs the cells in which margin rejects an order
 */
export function createLeanRunner(
  bars: PriceBars,
  strategy: Strategy,
  market: LeanMarket,
  engine: CellRunner,
): CellRunner {
  const count = bars.close.length
  const cached = createIndicatorCache(CACHE_BYTES, (column) => thePath().kernel.adopt(column))
  // A runner that is only asked what it is takes no memory.
  let made: LeanPath | null = null
  const thePath = (): LeanPath => (made ??= newLeanPath(market))
  let scratch = new Float64Array(0)
  let unused: BlockTarget | null = null
  return {
    kind: 'lean',
    load(values) {
      engine.load(values)
      const { kernel } = thePath()
      const first = strategy.firstDecisionBar(values)
      const sides = strategy.sides?.(bars, values, cached) ?? null
      const lots = wholeLots(market.fullLots)
      if (sides !== null && lots > 0) kernel.changesOfSide(sides, Math.max(0, first), lots, -lots)
      else decideAll(strategy.prepare(bars, values, cached), first, count, market.fullLots, kernel.changes)
    },
    run(from, until, { out, offset, metrics }, given) {
      const path = thePath()
      const blocks = given ?? (unused ??= newBlocks(count))
      const first = Math.max(1, from)
      const last = blocks.offset + blockCount(Math.max(0, until - first))
      blocks.sums.fill(0, blocks.offset, last)
      blocks.squares.fill(0, blocks.offset, last)
      runLean(market, first, Math.max(first, until), blocks, path)
      if (path.rejected) return engine.run(from, until, { out, offset, metrics }, blocks)
      // A history begins with a bar that has no return and is one of those on which a position may be held.
      measureFast(path, path.count + (from < 1 ? 1 : 0), out, offset)
      if (metrics === 'all') {
        if (scratch.length < count) scratch = new Float64Array(count)
        measureSlow(path, scratch, out, offset)
      } else out.fill(Number.NaN, offset + FAST_METRICS, offset + LEAN_METRICS.length)
      return path
    },
    equityUsd() {
      const path = thePath()
      return path.rejected ? engine.equityUsd() : path.equityUsd.slice(0, path.count + 1)
    },
  }
}

function newBlocks(bars: number): BlockTarget {
  return { sums: new Float64Array(blockCount(bars)), squares: new Float64Array(blockCount(bars)), offset: 0 }
}
