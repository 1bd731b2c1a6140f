/**
 * Wilder's running sums of directional movement and true range: for each bar from `period` on, +DM, −DM and TR.
 * The first `period − 1` moves are summed; from then on each sum loses 1/period of itself and gains the new move.
 */
export function directionalMovement(
  [high, low, close]: readonly Float64Array[],
  period: number,
  each: (at: number, plus: number, minus: number, range: number) => void,
): void {
  const kept = 1 - 1 / period
  let plus = 0
  let minus = 0
  let range = 0
  for (let i = 1; i < close.length; i++) {
    const up = high[i] - high[i - 1]
    const down = low[i - 1] - low[i]
    const before = close[i - 1]
    const keep = i < period ? 1 : kept
    plus = plus * keep + (up > 0 && up > down ? up : 0)
    minus = minus * keep + (down > 0 && down > up ? down : 0)
    range = range * keep + Math.max(high[i], before) - Math.min(low[i], before)
    if (i >= period) each(i, plus, minus, range)
  }
}
