import { BLOCK_BARS } from '../../backtest/lean/block-sums.js'

/** Double or single precision: a sweep of 100,000 cells keeps half a gigabyte in double. */
export type BlockNumbers = Float64Array | Float32Array

/**
 * What the over-fitting statistics know of the trials of a sweep: the returns of each, in sums and sums of squares over
 * blocks of 20 bars. Row by row: block b of trial t is at t · blocks + b.
 */
export interface TrialBlocks {
  readonly trials: number
  /** Returns of each trial; the last block may be short. */
  readonly bars: number
  readonly blocks: number
  readonly sums: BlockNumbers
  readonly squares: BlockNumbers
  /** By which Sharpe ratios are annualised; 252 where it is absent. */
  readonly barsPerYear?: number
}

/** Returns in the blocks `from` to `until`, the latter not among them. */
export function barsInBlocks({ bars }: Pick<TrialBlocks, 'bars'>, from: number, until: number): number {
  return Math.min(bars, until * BLOCK_BARS) - Math.min(bars, from * BLOCK_BARS)
}
