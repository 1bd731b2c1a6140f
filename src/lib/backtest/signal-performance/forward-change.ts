/** What one unit earned over the next `horizon` decision days: close[i + horizon] − close[i]; NaN where that is not over yet. */
export function forwardChange(close: Float64Array, horizon: number): Float64Array {
  const forward = new Float64Array(close.length).fill(Number.NaN)
  for (let i = 0; i + horizon < close.length; i++) forward[i] = close[i + horizon] - close[i]
  return forward
}
