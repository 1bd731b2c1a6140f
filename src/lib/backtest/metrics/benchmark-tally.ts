import { once } from './once.js'
import { BARS_PER_YEAR } from './performance.js'

/** What the returns have to do with those of the benchmark. */
export interface BenchmarkTally {
  readonly beta: number
  readonly correlation: number
  readonly benchmarkMean: number
  /** Mean and standard deviation (ddof 1) of r − benchmark. */
  readonly activeMean: number
  readonly activeSd: number
  /** Bars with the higher return ÷ all. */
  readonly batting: number
  /** Annualised growth ÷ that of the benchmark: on all bars, on those on which it rises, and on those on which it falls. */
  readonly capture: number
  readonly upCapture: number
  readonly downCapture: number
}

/** null without a benchmark of as many bars. */
export const benchmarkTally = once(({ returns, mean, benchmark }): BenchmarkTally | null => {
  const n = returns.length
  if (benchmark === null || benchmark.length !== n) return null
  let sum = 0
  for (let i = 0; i < n; i++) sum += benchmark[i]
  const benchmarkMean = sum / n
  const activeMean = mean - benchmarkMean
  let covariance = 0
  let variance = 0
  let ownVariance = 0
  let activeSquares = 0
  let higher = 0
  let [ups, downs] = [0, 0]
  let [own, other, ownUp, otherUp, ownDown, otherDown] = [1, 1, 1, 1, 1, 1]
  for (let i = 0; i < n; i++) {
    const a = returns[i]
    const b = benchmark[i]
    const x = a - mean
    const y = b - benchmarkMean
    covariance += x * y
    variance += y * y
    ownVariance += x * x
    activeSquares += (x - y) * (x - y)
    if (a > b) higher++
    own *= 1 + a
    other *= 1 + b
    if (b > 0) {
      ups++
      ownUp *= 1 + a
      otherUp *= 1 + b
    } else if (b < 0) {
      downs++
      ownDown *= 1 + a
      otherDown *= 1 + b
    }
  }
  return {
    beta: variance > 0 ? covariance / variance : Number.NaN,
    correlation: variance > 0 && ownVariance > 0 ? covariance / Math.sqrt(variance * ownVariance) : Number.NaN,
    benchmarkMean,
    activeMean,
    activeSd: Math.sqrt(activeSquares / (n - 1)),
    batting: higher / n,
    capture: annualised(own, n) / annualised(other, n),
    upCapture: annualised(ownUp, ups) / annualised(otherUp, ups),
    downCapture: annualised(ownDown, downs) / annualised(otherDown, downs),
  }
})

/** growth^(252 ÷ bars) − 1; NaN for none, or where equity has gone to zero. */
function annualised(growth: number, bars: number): number {
  return bars > 0 && growth > 0 ? growth ** (BARS_PER_YEAR / bars) - 1 : Number.NaN
}
