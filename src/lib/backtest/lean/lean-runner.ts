import { createIndicatorCache } from '../indicator-cache.js'
import type { PriceBars } from '../price-bars.js'
import type { Strategy } from '../strategy.js'
import { blockCount } from './block-sums.js'
import type { CellRunner } from './cell-runner.js'
import type { LeanMarket } from './lean-market.js'
import { FAST_METRICS, LEAN_METRICS, measureFast, measureSlow } from './lean-metrics.js'
import { newLeanPath, runLean, traceEquity } from './lean-path.js'
import { decideAll, newPositionChanges } from './position-changes.js'

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
  const changes = newPositionChanges(count)
  const path = newLeanPath(market)
  const scratch = new Float64Array(count)
  const cached = createIndicatorCache(CACHE_BYTES)
  const unused = { sums: new Float64Array(blockCount(count)), squares: new Float64Array(blockCount(count)), offset: 0 }
  return {
    kind: 'lean',
    load(values) {
      engine.load(values)
      const decide = strategy.prepare(bars, values, cached)
      const scan = strategy.scan?.(bars, values, cached) ?? null
      decideAll(decide, scan, strategy.firstDecisionBar(values), count, market.fullLots, changes)
    },
    run(from, until, { out, offset, metrics }, blocks = unused) {
      const first = Math.max(1, from)
      const last = blocks.offset + blockCount(Math.max(0, until - first))
      blocks.sums.fill(0, blocks.offset, last)
      blocks.squares.fill(0, blocks.offset, last)
      runLean(market, changes, first, Math.max(first, until), blocks, path)
      if (path.rejected) return engine.run(from, until, { out, offset, metrics }, blocks)
      // A history begins with a bar that has no return and is one of those on which a position may be held.
      measureFast(path, path.count + (from < 1 ? 1 : 0), out, offset, () => traceEquity(market, path))
      if (metrics === 'all') {
        traceEquity(market, path)
        measureSlow(path, scratch, out, offset)
      } else out.fill(Number.NaN, offset + FAST_METRICS, offset + LEAN_METRICS.length)
      return path
    },
    equityUsd() {
      if (path.rejected) return engine.equityUsd()
      traceEquity(market, path)
      return path.equityUsd.subarray(0, path.count + 1)
    },
  }
}
