/** Below any tick: equal prices stay equal however the sum came about. */
const ROUND = 1e8

/**
 * Settlements joined forward: the first one, then plus each contract-true change. Where joining by difference moves the
 * past at every roll, this moves only the future, so that what was said on a day stays what it was.
 * @param change NaN on the first day only
 */
export function forwardJoined(first: number, change: Float64Array): Float64Array {
  const close = new Float64Array(change.length)
  for (let i = 0; i < change.length; i++) {
    close[i] = i === 0 ? first : Math.round((close[i - 1] + change[i]) * ROUND) / ROUND
  }
  return close
}
