import { wholeLots } from '../../execution/sizing.js'
import { createIndicatorCache } from '../indicator-cache.js'
import type { PriceBars } from '../price-bars.js'
import type { Strategy } from '../strategy.js'
import { blockCount } from './block-sums.js'
import type { CellRunner } from './cell-runner.js'
import type { LeanMarket } from './lean-market.js'
import { FAST_METRICS, LEAN_METRICS, measureFast, measureSlow } from './lean-metrics.js'
import { newLeanPath, runLean } from './lean-path.js'
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
  const path = newLeanPath(market)
  const { kernel } = path
  const cached = createIndicatorCache(CACHE_BYTES, kernel.adopt)
  const scratch = new Float64Array(count)
  const unused = { sums: new Float64Array(blockCount(count)), squares: new Float64Array(blockCount(count)), offset: 0 }
  return {
    kind: 'lean',
    load(values) {
      engine.load(values)
      const first = strategy.firstDecisionBar(values)
      const sides = strategy.sides?.(bars, values, cached) ?? null
      const lots = wholeLots(market.fullLots)
      if (sides !== null && lots > 0) kernel.changesOfSide(sides, Math.max(0, first), lots, -lots)
      else decideAll(strategy.prepare(bars, values, cached), first, count, market.fullLots, kernel.changes)
    },
    run(from, until, { out, offset, metrics }, blocks = unused) {
      const first = Math.max(1, from)
      const last = blocks.offset + blockCount(Math.max(0, until - first))
      blocks.sums.fill(0, blocks.offset, last)
      blocks.squares.fill(0, blocks.offset, last)
      runLean(market, first, Math.max(first, until), blocks, path)
      if (path.rejected) return engine.run(from, until, { out, offset, metrics }, blocks)
      // A history begins with a bar that has no return and is one of those on which a position may be held.
      measureFast(path, path.count + (from < 1 ? 1 : 0), out, offset)
      if (metrics === 'all') {
        measureSlow(path, scratch, out, offset)
      } else out.fill(Number.NaN, offset + FAST_METRICS, offset + LEAN_METRICS.length)
      return path
    },
    equityUsd() {
      return path.rejected ? engine.equityUsd() : path.equityUsd.slice(0, path.count + 1)
    },
  }
}
