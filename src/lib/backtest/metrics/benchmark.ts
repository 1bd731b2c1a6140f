import { mean, sampleSd } from '../../kernel/moments.js'
import { correlation } from './correlation.js'
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

const all = (): boolean => true

/** Π(1 + r) − 1 of the bars that count. */
function compounded(returns: Float64Array, counts: (i: number) => boolean): number {
  let growth = 1
  for (let i = 0; i < returns.length; i++) if (counts(i)) growth *= 1 + returns[i]
  return growth - 1
}

/** Π(1 + r)^(252 ÷ number) − 1 of the bars that count; NaN for none, or where equity has gone to zero. */
function annualised(returns: Float64Array, counts: (i: number) => boolean): number {
  let bars = 0
  for (let i = 0; i < returns.length; i++) if (counts(i)) bars++
  const growth = 1 + compounded(returns, counts)
  return bars > 0 && growth > 0 ? growth ** (BARS_PER_YEAR / bars) - 1 : Number.NaN
}

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
    name: 'informationRatioAnnual',
    convention: 'informationRatio × √252',
    value: against((returns, benchmark) => active(returns, benchmark) * Math.sqrt(BARS_PER_YEAR)),
  },
  {
    name: 'alphaArithmetic',
    convention: '(mean(r) − beta · mean(benchmark)) × 252',
    value: against(
      (returns, benchmark) => (mean(returns) - beta(returns, benchmark) * mean(benchmark)) * BARS_PER_YEAR,
    ),
  },
  {
    name: 'rSquared',
    convention: 'squared correlation of the returns with those of the benchmark',
    value: against((returns, benchmark) => correlation(returns, benchmark) ** 2),
  },
  {
    name: 'treynor',
    convention: '(totalReturn − risk-free rate × n ÷ 252) ÷ beta',
    value: (p) => (compounded(p.returns, all) - p.riskFreePerBar * p.returns.length) / against(beta)(p),
  },
  {
    name: 'captureRatio',
    convention: 'cagr ÷ cagr of the benchmark',
    value: against((returns, benchmark) => annualised(returns, all) / annualised(benchmark, all)),
  },
  {
    name: 'upCapture',
    convention: 'annualised growth on the bars on which the benchmark rises ÷ that of the benchmark on them',
    value: against((returns, benchmark) => {
      const rises = (i: number): boolean => benchmark[i] > 0
      return annualised(returns, rises) / annualised(benchmark, rises)
    }),
  },
  {
    name: 'downCapture',
    convention: 'annualised growth on the bars on which the benchmark falls ÷ that of the benchmark on them',
    value: against((returns, benchmark) => {
      const falls = (i: number): boolean => benchmark[i] < 0
      return annualised(returns, falls) / annualised(benchmark, falls)
    }),
  },
  {
    name: 'battingAverage',
    convention: 'share of the bars with a higher return than the benchmark',
    value: against((returns, benchmark) => {
      let higher = 0
      for (let i = 0; i < returns.length; i++) if (returns[i] > benchmark[i]) higher++
      return higher / returns.length
    }),
  },
  {
    name: 'trackingError',
    convention: 'standard deviation (ddof 1) of r − benchmark, × √252',
    value: against(
      (returns, benchmark) => sampleSd(returns.map((value, i) => value - benchmark[i])) * Math.sqrt(BARS_PER_YEAR),
    ),
  },
]
