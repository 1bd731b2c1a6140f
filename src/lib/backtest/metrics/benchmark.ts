import { benchmarkTally, type BenchmarkTally } from './benchmark-tally.js'
import { BARS_PER_YEAR, type Metric, type Performance } from './performance.js'

const against =
  (value: (tally: BenchmarkTally, performance: Performance) => number) =>
  (performance: Performance): number => {
    const tally = benchmarkTally(performance)
    return tally === null ? Number.NaN : value(tally, performance)
  }

const informationRatio = ({ activeMean, activeSd }: BenchmarkTally): number =>
  activeSd > 0 ? activeMean / activeSd : Number.NaN

export const BENCHMARK_METRICS: readonly Metric[] = [
  { name: 'beta', convention: 'slope of the returns on those of the benchmark', value: against(({ beta }) => beta) },
  {
    name: 'alpha',
    convention: '(1 + mean(r − beta · benchmark))^252 − 1',
    value: against(({ beta, benchmarkMean }, { mean }) => (1 + mean - beta * benchmarkMean) ** BARS_PER_YEAR - 1),
  },
  {
    name: 'informationRatio',
    convention: 'mean ÷ standard deviation (ddof 1) of r − benchmark, per bar, not annualised',
    value: against(informationRatio),
  },
  {
    name: 'informationRatioAnnual',
    convention: 'informationRatio × √252',
    value: against((tally) => informationRatio(tally) * Math.sqrt(BARS_PER_YEAR)),
  },
  {
    name: 'alphaArithmetic',
    convention: '(mean(r) − beta · mean(benchmark)) × 252',
    value: against(({ beta, benchmarkMean }, { mean }) => (mean - beta * benchmarkMean) * BARS_PER_YEAR),
  },
  {
    name: 'rSquared',
    convention: 'squared correlation of the returns with those of the benchmark',
    value: against(({ correlation }) => correlation ** 2),
  },
  {
    name: 'treynor',
    convention: '(totalReturn − risk-free rate × n ÷ 252) ÷ beta',
    value: against(({ beta }, { equityUsd, returns, riskFreePerBar }) => {
      const growth = equityUsd[equityUsd.length - 1] / equityUsd[0] - 1
      return (growth - riskFreePerBar * returns.length) / beta
    }),
  },
  {
    name: 'captureRatio',
    convention: 'cagr ÷ cagr of the benchmark',
    value: against(({ capture }) => capture),
  },
  {
    name: 'upCapture',
    convention: 'annualised growth on the bars on which the benchmark rises ÷ that of the benchmark on them',
    value: against(({ upCapture }) => upCapture),
  },
  {
    name: 'downCapture',
    convention: 'annualised growth on the bars on which the benchmark falls ÷ that of the benchmark on them',
    value: against(({ downCapture }) => downCapture),
  },
  {
    name: 'battingAverage',
    convention: 'share of the bars with a higher return than the benchmark',
    value: against(({ batting }) => batting),
  },
  {
    name: 'trackingError',
    convention: 'standard deviation (ddof 1) of r − benchmark, × √252',
    value: against(({ activeSd }) => activeSd * Math.sqrt(BARS_PER_YEAR)),
  },
]
