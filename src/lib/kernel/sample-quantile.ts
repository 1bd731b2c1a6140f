/** How a quantile lies between order statistics, in the words of NumPy; `linear` is type 7 of Hyndman and Fan. */
export const QUANTILE_TYPES = [
  'linear',
  'lower',
  'higher',
  'inverted-cdf',
  'hazen',
  'weibull',
  'median-unbiased',
  'normal-unbiased',
] as const
export type QuantileType = (typeof QUANTILE_TYPES)[number]

/** α = β of the plotting position p_k = (k − α) ÷ (n + 1 − 2α). */
const PLOTTING: Partial<Record<QuantileType, number>> = {
  linear: 1,
  hazen: 0.5,
  weibull: 0,
  'median-unbiased': 1 / 3,
  'normal-unbiased': 3 / 8,
}

/**
 * Quantile of a sample by a named definition. R. J. Hyndman, Y. Fan (1996), "Sample Quantiles in Statistical Packages":
 * inverted-cdf is type 1, hazen 5, weibull 6, linear 7, median-unbiased 8, normal-unbiased 9; lower and higher are the
 * order statistics on either side of type 7.
 * @param ascending sorted, without NaN
 * @param probability 0 to 1
 * @returns NaN for no values
 */
export function sampleQuantile(ascending: ArrayLike<number>, probability: number, type: QuantileType): number {
  const n = ascending.length
  if (n === 0) return Number.NaN
  const clamp = (index: number): number => ascending[Math.min(n - 1, Math.max(0, index))]
  if (type === 'inverted-cdf') return clamp(Math.ceil(n * probability) - 1)
  if (type === 'lower') return clamp(Math.floor((n - 1) * probability))
  if (type === 'higher') return clamp(Math.ceil((n - 1) * probability))
  const alpha = PLOTTING[type] ?? 1
  const position = alpha + probability * (n + 1 - 2 * alpha) - 1
  const below = Math.floor(position)
  const low = clamp(below)
  return low + (position - below) * (clamp(below + 1) - low)
}
