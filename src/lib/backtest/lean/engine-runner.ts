import { measure } from '../metrics/measure.js'
import { performanceOf } from '../metrics/performance.js'
import { runAccount, type AccountSettings } from '../run-account.js'
import type { ParameterValues, Strategy } from '../strategy.js'
import { instrumentUntil, type TradedInstrument } from '../traded-instrument.js'
import { blockCount, blockSums } from './block-sums.js'
import type { CellRunner } from './cell-runner.js'
import { chainedStrategy } from './chained-strategy.js'
import { LEAN_METRICS } from './lean-metrics.js'

/** The engine itself behind a sweep: stops, sizes that depend on equity, costs that are not by the lot. */
export function createEngineRunner(
  instrument: TradedInstrument,
  strategy: Strategy,
  settings: AccountSettings,
): CellRunner {
  let values: ParameterValues = {}
  let equity: Float64Array = new Float64Array(0)
  return {
    kind: 'engine',
    load(loaded) {
      values = loaded
    },
    run(from, until, { out, offset }, blocks) {
      const first = Math.max(1, from)
      const known = [instrumentUntil(instrument, until)]
      const traded = first === 1 ? strategy : chainedStrategy(strategy, [{ from: first, until, values }])
      const run = runAccount(known, traded, values, settings)
      const start = from < 1 ? 0 : first
      const performance = performanceOf(
        { ...run, equityUsd: run.equityUsd.subarray(first - 1), lots: run.lots.subarray(start) },
        settings.initialCapitalUsd,
        null,
      )
      const metrics = measure(performance)
      LEAN_METRICS.forEach((name, i) => (out[offset + i] = metrics[name] ?? Number.NaN))
      equity = performance.equityUsd
      if (blocks !== undefined) {
        const last = blocks.offset + blockCount(until - first)
        blocks.sums.fill(0, blocks.offset, last)
        blocks.squares.fill(0, blocks.offset, last)
        blockSums(performance.returns, blocks)
      }
      return { count: performance.returns.length, ruined: run.ruinBar !== null }
    },
    equityUsd: () => equity,
  }
}
