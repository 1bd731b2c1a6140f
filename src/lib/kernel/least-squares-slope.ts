import { mean } from './moments.js'

/**
 * Slope of the least-squares line of y on x: Σ(x − x̄)(y − ȳ) ÷ Σ(x − x̄)², in units of y per unit of x.
 * @returns NaN for fewer than two points or where x does not vary
 */
export function leastSquaresSlope(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const xMean = mean(x)
  const yMean = mean(y)
  let products = 0
  let squares = 0
  for (let i = 0; i < x.length; i++) {
    products += (x[i] - xMean) * (y[i] - yMean)
    squares += (x[i] - xMean) ** 2
  }
  return squares > 0 ? products / squares : Number.NaN
}
