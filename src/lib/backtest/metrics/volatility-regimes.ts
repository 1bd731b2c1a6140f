import { quantile } from '../../kernel/quantile.js'

/** Which third of its own history the volatility of the instrument was in, bar by bar. */
export interface VolatilityRegimes {
  /** 0 low, 1 middle, 2 high; −1 before the window is full. */
  readonly regime: Int8Array
  /** Standard deviation of a bar's price change at which the middle and the high third begin, price units. */
  readonly bounds: readonly [number, number]
}

/**
 * Volatility before each bar: the standard deviation (ddof 1) of the last `window` changes of the close up to the bar before, so
 * that what a bar did is not in it. Changes and not returns: prices may be zero, and levels may be adjusted. The bounds of the
 * thirds are type 7 quantiles of the whole history: known afterwards only, a table and no signal.
 * @returns null where fewer than 3 × window bars leave no thirds
 */
export function volatilityRegimes(close: Float64Array, window: number): VolatilityRegimes | null {
  const n = close.length
  if (n < 3 * window) return null
  const before = new Float64Array(n).fill(Number.NaN)
  for (let bar = window + 1; bar < n; bar++) {
    let sum = 0
    for (let k = bar - window; k < bar; k++) sum += close[k] - close[k - 1]
    const mean = sum / window
    let squares = 0
    for (let k = bar - window; k < bar; k++) squares += (close[k] - close[k - 1] - mean) ** 2
    before[bar] = Math.sqrt(squares / (window - 1))
  }
  const ascending = before
    .subarray(window + 1)
    .slice()
    .sort()
  const bounds = [quantile(ascending, 1 / 3), quantile(ascending, 2 / 3)] as const
  const regime = Int8Array.from(before, (sd) => (Number.isNaN(sd) ? -1 : sd < bounds[0] ? 0 : sd < bounds[1] ? 1 : 2))
  return { regime, bounds }
}
