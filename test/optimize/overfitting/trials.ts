import { seededRng } from '../../../src/lib/kernel/rng.js'
import { BLOCK_BARS, blockCount } from '../../../src/lib/backtest/lean/block-sums.js'
import type { TrialBlocks } from '../../../src/lib/optimize/overfitting/trial-blocks.js'

/** Block sums of series of returns, all of one length. */
export function blocksOf(returns: readonly Float64Array[]): TrialBlocks {
  const bars = returns[0].length
  const blocks = blockCount(bars)
  const sums = new Float64Array(returns.length * blocks)
  const squares = new Float64Array(returns.length * blocks)
  returns.forEach((series, trial) => {
    series.forEach((value, bar) => {
      const at = trial * blocks + Math.floor(bar / BLOCK_BARS)
      sums[at] += value
      squares[at] += value * value
    })
  })
  return { trials: returns.length, bars, blocks, sums, squares }
}

/** Independent normal returns of 1 % a bar without a mean, but those of trial `edge.trial` with one. */
export function noise(
  trials: number,
  bars: number,
  seed: number,
  edge: { readonly trial: number; readonly annualSharpe: number } | null = null,
): Float64Array[] {
  const rng = seededRng(seed, 'noise')
  return Array.from({ length: trials }, (_, trial) => {
    const mean = edge?.trial === trial ? (0.01 * edge.annualSharpe) / Math.sqrt(252) : 0
    return Float64Array.from({ length: bars }, () => mean + 0.01 * rng.normal())
  })
}
