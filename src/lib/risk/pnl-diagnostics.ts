import { chiSquareSurvival } from '../kernel/chi-square-distribution.js'

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
