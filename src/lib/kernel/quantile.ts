/**
 * Quantile of type 7 (linear interpolation between order statistics): h = (n − 1)p, x[⌊h⌋] + (h − ⌊h⌋)(x[⌊h⌋+1] − x[⌊h⌋]).
 * R. J. Hyndman, Y. Fan (1996), "Sample Quantiles in Statistical Packages".
 * @param ascending sorted, without NaN
 * @param probability 0 to 1
 * @returns NaN for no values
 */
export function quantile(ascending: ArrayLike<number>, probability: number): number {
  const n = ascending.length
  if (n === 0) return Number.NaN
  const h = (n - 1) * Math.min(1, Math.max(0, probability))
  const below = Math.floor(h)
  if (below + 1 >= n) return ascending[n - 1]
  return ascending[below] + (h - below) * (ascending[below + 1] - ascending[below])
}
