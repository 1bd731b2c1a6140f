import { mean, sampleSd } from '../../kernel/moments.js'
import { BARS_PER_YEAR, type Metric, type Performance } from './performance.js'

type Against = (returns: Float64Array, benchmark: Float64Array) => number

/** Slope of the returns on those of the benchmark; NaN where the benchmark does not vary. */
const beta: Against = (returns, benchmark) => {
  const centre = mean(benchmark)
  const average = mean(returns)
  let covariance = 0
  let variance = 0
  for (let i = 0; i < returns.length; i++) {
    covariance += (returns[i] - average) * (benchmark[i] - centre)
    variance += (benchmark[i] - centre) ** 2
  }
  return variance > 0 ? covariance / variance : Number.NaN
}

const active: Against = (returns, benchmark) => {
  const differences = returns.map((value, i) => value - benchmark[i])
  const sd = sampleSd(differences)
  return sd > 0 ? mean(differences) / sd : Number.NaN
}

const against =
  (measure: Against) =>
  ({ returns, benchmark }: Performance): number =>
    benchmark === null || benchmark.length !== returns.length ? Number.NaN : measure(returns, benchmark)

export const BENCHMARK_METRICS: readonly Metric[] = [
  { name: 'beta', convention: 'slope of the returns on those of the benchmark', value: against(beta) },
  {
    name: 'alpha',
    convention: '(1 + mean(r − beta · benchmark))^252 − 1',
    value: against((returns, benchmark) => {
      const slope = beta(returns, benchmark)
      return (1 + mean(returns) - slope * mean(benchmark)) ** BARS_PER_YEAR - 1
    }),
  },
  {
    name: 'informationRatio',
    convention: 'mean ÷ standard deviation (ddof 1) of r − benchmark, per bar, not annualised',
    value: against(active),
  },
  {
    name: 'trackingError',
    convention: 'standard deviation (ddof 1) of r − benchmark, × √252',
    value: against(
      (returns, benchmark) => sampleSd(returns.map((value, i) => value - benchmark[i])) * Math.sqrt(BARS_PER_YEAR),
    ),
  },
]
