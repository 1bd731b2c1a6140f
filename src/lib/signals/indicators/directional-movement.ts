/** +DI, −DI, or how much they differ: |+DI − −DI| / (+DI + −DI), NaN where neither moved. All in per cent. */
export type DirectionalMeasure = 'plus' | 'minus' | 'difference'

/**
 * Wilder's directional movement, from bar `period` on: running sums of +DM, −DM and true range. The first `period − 1` moves
 * are summed; from then on each sum loses 1/period of itself and gains the new move.
 */
export function directionalMovement(
  [high, low, close]: readonly Float64Array[],
  period: number,
  measure: DirectionalMeasure,
  out: Float64Array,
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
    if (measure === 'plus') out[i] = (100 * plus) / range
    else if (measure === 'minus') out[i] = (100 * minus) / range
    else out[i] = (100 * Math.abs(plus - minus)) / (plus + minus)
  }
}
