/**
 * The day's range widened to the close before: max(high, close before) − min(low, close before), from bar 1 on (0 at
 * bar 0, which has no close before it).
 */
export function trueRange(high: Float64Array, low: Float64Array, close: Float64Array, out: Float64Array): void {
  out[0] = 0
  for (let i = 1; i < close.length; i++) {
    const before = close[i - 1]
    out[i] = Math.max(high[i], before) - Math.min(low[i], before)
  }
}
