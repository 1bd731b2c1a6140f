export interface ReverseStress {
  /** Change of each price, in its quote. */
  readonly change: Float64Array
  /** Daily standard deviation of the book, USD. */
  readonly deviationUsd: number
  /** How many daily standard deviations the loss is: the length of the shock in units of the market's own moves. */
  readonly sigmas: number
}

/**
 * The most likely way to lose `lossUsd`: the shock of smallest Mahalanobis length with w's = −L, s = −L·Σw ÷ (w'Σw).
 * @param usdPerPoint w: USD that each price's change of 1.00 is worth to the book
 * @param covariance Σ of the price changes, n × n row-major
 * @returns null where the book does not move (w'Σw = 0): then no shock of this kind breaches anything
 */
export function reverseStress(
  usdPerPoint: ArrayLike<number>,
  covariance: Float64Array,
  lossUsd: number,
): ReverseStress | null {
  const n = usdPerPoint.length
  const moved = new Float64Array(n)
  let variance = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) moved[i] += covariance[i * n + j] * usdPerPoint[j]
    variance += usdPerPoint[i] * moved[i]
  }
  if (!(variance > 0)) return null
  const deviationUsd = Math.sqrt(variance)
  return { change: moved.map((value) => (-lossUsd * value) / variance), deviationUsd, sigmas: lossUsd / deviationUsd }
}
