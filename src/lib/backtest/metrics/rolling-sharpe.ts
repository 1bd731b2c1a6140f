import { BARS_PER_YEAR } from './performance.js'

/**
 * Sharpe ratio of the last `window` returns at each bar, mean ÷ standard deviation (ddof 1) × √252; bar i is that of returns[i].
 * The sums slide and are made anew every `window` bars, so that rounding does not add up over a million of them.
 * @returns NaN before the window is full, and where its returns do not vary
 */
export function rollingSharpe(returns: Float64Array, window: number, barsPerYear = BARS_PER_YEAR): Float64Array {
  const n = returns.length
  const rolled = new Float64Array(n).fill(Number.NaN)
  const year = Math.sqrt(barsPerYear)
  let sum = 0
  let squares = 0
  for (let i = window - 1; i < n; i++) {
    if ((i + 1) % window === 0) {
      sum = 0
      squares = 0
      for (let k = i - window + 1; k <= i; k++) {
        sum += returns[k]
        squares += returns[k] * returns[k]
      }
    } else {
      const before = returns[i - window]
      sum += returns[i] - before
      squares += returns[i] * returns[i] - before * before
    }
    const mean = sum / window
    const variance = (squares - window * mean * mean) / (window - 1)
    // Below it is what cancellation leaves of a window that does not vary.
    rolled[i] = variance > 1e-12 * mean * mean && variance > 1e-22 ? (mean / Math.sqrt(variance)) * year : Number.NaN
  }
  return rolled
}
