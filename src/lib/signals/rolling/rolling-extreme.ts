/**
 * Greatest of the last `period` values, from `from + period − 1` on (NaN before). A window with a NaN is NaN.
 * The window is the end of one block and the start of the next (van Herk 1992): three comparisons a bar at any period.
 */
export function rollingMaximum(values: Float64Array, period: number, out: Float64Array, from = 0): void {
  const ends = new Float64Array(period + 1).fill(Number.NaN)
  ends[period] = -Infinity
  for (let start = from; start < values.length; start += period) {
    const end = Math.min(start + period, values.length)
    let best = -Infinity
    for (let i = start; i < end; i++) {
      best = Math.max(best, values[i])
      out[i] = Math.max(best, ends[i - start + 1])
    }
    best = -Infinity
    for (let i = end - 1; i >= start; i--) {
      best = Math.max(best, values[i])
      ends[i - start] = best
    }
  }
}

/** Least of the last `period` values; see {@link rollingMaximum}. */
export function rollingMinimum(values: Float64Array, period: number, out: Float64Array, from = 0): void {
  const ends = new Float64Array(period + 1).fill(Number.NaN)
  ends[period] = Infinity
  for (let start = from; start < values.length; start += period) {
    const end = Math.min(start + period, values.length)
    let best = Infinity
    for (let i = start; i < end; i++) {
      best = Math.min(best, values[i])
      out[i] = Math.min(best, ends[i - start + 1])
    }
    best = Infinity
    for (let i = end - 1; i >= start; i--) {
      best = Math.min(best, values[i])
      ends[i - start] = best
    }
  }
}
