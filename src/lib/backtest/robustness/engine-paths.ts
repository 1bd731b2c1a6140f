import type { Rng } from '../../kernel/rng.js'
import type { PriceBars } from '../price-bars.js'
import type { BacktestRun } from '../run-backtest.js'
import { drawRandomEntries, type SideRuns } from './random-entries.js'
import type { SimulatePath } from './simulate-path.js'

/** Paths that the engine itself trades: the strategy over prices that are drawn anew each time. */
export function pricePaths(nextBars: () => PriceBars, runOver: (bars: PriceBars) => BacktestRun): SimulatePath {
  return (equityUsd) => {
    const run = runOver(nextBars())
    equityUsd.set(run.equityUsd)
    return run.equityUsd.length
  }
}

/**
 * Targets of each bar for a position that is wanted at its close: a decision is filled on the next bar, so that it is the
 * position one bar later.
 */
export function decisionsFor(wanted: Int8Array, decisions: Int8Array): void {
  decisions.set(wanted.subarray(1))
  decisions[decisions.length - 1] = wanted[wanted.length - 1]
}

/** Paths over the real prices of a position that is held as long and as often as the strategy’s, at times of chance. */
export function randomEntryPaths(
  runs: SideRuns,
  bars: number,
  runScript: (decisions: Int8Array) => BacktestRun,
  rng: Rng,
): SimulatePath {
  const wanted = new Int8Array(bars)
  const decisions = new Int8Array(bars)
  return (equityUsd) => {
    drawRandomEntries(runs, rng, wanted)
    decisionsFor(wanted, decisions)
    const run = runScript(decisions)
    equityUsd.set(run.equityUsd)
    return run.equityUsd.length
  }
}
