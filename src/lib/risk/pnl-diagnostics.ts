import { chiSquareSurvival } from '../kernel/chi-square-distribution.js'
import { explainedSquares } from '../kernel/explained-squares.js'

/** Autocorrelations at lags 1 … `lags`, divisor n. */
export function autocorrelations(values: Float64Array, lags: number): number[] {
  const n = values.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += values[i] / n
  let variance = 0
  for (let i = 0; i < n; i++) variance += (values[i] - mean) ** 2
  return Array.from({ length: Math.min(lags, n - 1) }, (_, k) => {
    let sum = 0
    for (let i = k + 1; i < n; i++) sum += (values[i] - mean) * (values[i - k - 1] - mean)
    return sum / variance
  })
}

export interface TestResult {
  readonly statistic: number
  readonly p: number
}

/** Ljung–Box: n(n + 2)Σ ρ_k² ÷ (n − k) ~ χ²(lags). */
export function ljungBox(values: Float64Array, lags: number): TestResult {
  const n = values.length
  const correlations = autocorrelations(values, lags)
  let statistic = 0
  correlations.forEach((rho, i) => (statistic += (n * (n + 2) * rho * rho) / (n - i - 1)))
  return { statistic, p: chiSquareSurvival(statistic, correlations.length) }
}

/** Jarque–Bera: n/6·(S² + K²/4) ~ χ²(2). */
export function jarqueBera(observations: number, skewness: number, excessKurtosis: number): TestResult {
  const statistic = (observations / 6) * (skewness ** 2 + excessKurtosis ** 2 / 4)
  return { statistic, p: chiSquareSurvival(statistic, 2) }
}

/** Partial autocorrelations from autocorrelations at lags 1 …, by the recursion of Durbin and Levinson. */
export function partialAutocorrelations(correlations: readonly number[]): number[] {
  let weights: number[] = []
  return correlations.map((rho, k) => {
    let above = rho
    let below = 1
    for (let j = 0; j < k; j++) {
      above -= weights[j] * correlations[k - 1 - j]
      below -= weights[j] * correlations[j]
    }
    const partial = above / below
    const before = weights
    weights = [...before.map((weight, j) => weight - partial * before[k - 1 - j]), partial]
    return partial
  })
}

/**
 * Engle's test: does a square follow from the squares before it? (n − lags)·R² of the regression ~ χ²(lags).
 * @returns null where the squares do not vary
 */
export function archTest(values: Float64Array, lags: number): TestResult | null {
  const n = values.length - lags
  let mean = 0
  for (const value of values) mean += value / values.length
  const squares = values.map((value) => (value - mean) ** 2)
  const target = squares.slice(lags)
  const one = new Float64Array(Math.max(0, n)).fill(1)
  const columns = [one, ...Array.from({ length: lags }, (_, k) => squares.slice(lags - 1 - k, squares.length - 1 - k))]
  const level = explainedSquares([one], target)
  const explained = explainedSquares(columns, target)
  if (level === null || explained === null) return null
  const total = target.reduce((sum, value) => sum + value * value, 0)
  const statistic = (n * (explained - level)) / (total - level)
  return { statistic, p: chiSquareSurvival(statistic, lags) }
}
