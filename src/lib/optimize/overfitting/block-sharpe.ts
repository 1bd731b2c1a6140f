import type { TrialBlocks } from './trial-blocks.js'

/**
 * Sharpe ratio per bar from a sum and a sum of squares of n returns, standard deviation with ddof 1, risk-free rate 0.
 * @returns NaN where the returns do not vary: nothing was traded
 */
export function sharpeFromSums(sum: number, squares: number, n: number): number {
  const variance = varianceFromSums(sum, squares, n)
  return variance > 0 ? sum / n / Math.sqrt(variance) : Number.NaN
}

/** ddof 1; 0 where what is left of the squares is rounding, NaN below two returns. */
export function varianceFromSums(sum: number, squares: number, n: number): number {
  const variance = (squares - (sum * sum) / n) / (n - 1)
  return variance > 1e-13 * squares ? variance : n < 2 ? Number.NaN : 0
}

/** Sharpe ratio per bar of every trial over all of its blocks; NaN where it never traded. */
export function trialSharpes({ trials, blocks, bars, sums, squares }: TrialBlocks): Float64Array {
  const sharpes = new Float64Array(trials)
  for (let trial = 0; trial < trials; trial++) {
    let sum = 0
    let square = 0
    for (let at = trial * blocks; at < (trial + 1) * blocks; at++) {
      sum += sums[at]
      square += squares[at]
    }
    sharpes[trial] = sharpeFromSums(sum, square, bars)
  }
  return sharpes
}
