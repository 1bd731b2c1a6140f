import { mean } from '../../kernel/moments.js'
import { correlation } from './correlation.js'
import { once } from './once.js'
import type { Metric, Performance } from './performance.js'

/** Means, products and differences of the returns and those of the benchmark; null without a benchmark of the same bars. */
interface Both {
  readonly returns: Float64Array
  readonly benchmark: Float64Array
  readonly barsPerYear: number
  readonly mean: number
  readonly benchmarkMean: number
  /** Slope of the returns on those of the benchmark; NaN where the benchmark does not vary. */
  readonly beta: number
  /** r − benchmark: mean and standard deviation (ddof 1). */
  readonly activeMean: number
  readonly activeSd: number
}

const both = once(({ returns, benchmark, barsPerYear }): Both | null => {
  if (benchmark === null || benchmark.length !== returns.length) return null
  const average = mean(returns)
  const centre = mean(benchmark)
  let covariance = 0
  let variance = 0
  let difference = 0
  for (let i = 0; i < returns.length; i++) {
    const distance = benchmark[i] - centre
    covariance += (returns[i] - average) * distance
    variance += distance * distance
    difference += returns[i] - benchmark[i]
  }
  const activeMean = difference / returns.length
  let squares = 0
  for (let i = 0; i < returns.length; i++) squares += (returns[i] - benchmark[i] - activeMean) ** 2
  return {
    returns,
    benchmark,
    barsPerYear,
    mean: average,
    benchmarkMean: centre,
    beta: variance > 0 ? covariance / variance : Number.NaN,
    activeMean,
    activeSd: returns.length < 2 ? Number.NaN : Math.sqrt(squares / (returns.length - 1)),
  }
})

const against =
  (measure: (of: Both) => number) =>
  (performance: Performance): number => {
    const of = both(performance)
    return of === null ? Number.NaN : measure(of)
  }

const active = ({ activeMean, activeSd }: Both): number => (activeSd > 0 ? activeMean / activeSd : Number.NaN)

/** Π(1 + r)^(252 ÷ number) − 1 of all bars; NaN for none, or where equity has gone to zero. */
function annualised(returns: Float64Array, barsPerYear: number): number {
  return yearly(compounded(returns), returns.length, barsPerYear)
}

function compounded(returns: Float64Array): number {
  let growth = 1
  for (let i = 0; i < returns.length; i++) growth *= 1 + returns[i]
  return growth
}

/** Growth of both, and bars, where the benchmark rises and where it falls. */
interface Sides {
  readonly growth: readonly [number, number]
  readonly benchmarkGrowth: readonly [number, number]
  readonly bars: readonly [number, number]
}

const RISING = 0
const FALLING = 1

const sides = once(({ returns, benchmark }: Both): Sides => {
  let up = 1
  let down = 1
  let benchmarkUp = 1
  let benchmarkDown = 1
  let rising = 0
  let falling = 0
  for (let i = 0; i < returns.length; i++) {
    const move = benchmark[i]
    if (move > 0) {
      up *= 1 + returns[i]
      benchmarkUp *= 1 + move
      rising++
    } else if (move < 0) {
      down *= 1 + returns[i]
      benchmarkDown *= 1 + move
      falling++
    }
  }
  return { growth: [up, down], benchmarkGrowth: [benchmarkUp, benchmarkDown], bars: [rising, falling] }
})

function yearly(growth: number, bars: number, barsPerYear: number): number {
  return bars > 0 && growth > 0 ? growth ** (barsPerYear / bars) - 1 : Number.NaN
}

const capture =
  (side: typeof RISING | typeof FALLING) =>
  (of: Both): number => {
    const { growth, benchmarkGrowth, bars } = sides(of)
    return yearly(growth[side], bars[side], of.barsPerYear) / yearly(benchmarkGrowth[side], bars[side], of.barsPerYear)
  }

export const BENCHMARK_METRICS: readonly Metric[] = [
  { name: 'beta', convention: 'slope of the returns on those of the benchmark', value: against(({ beta }) => beta) },
  {
    name: 'alpha',
    convention: '(1 + mean(r − beta · benchmark))^252 − 1',
    value: against((of) => (1 + of.mean - of.beta * of.benchmarkMean) ** of.barsPerYear - 1),
  },
  {
    name: 'informationRatio',
    convention: 'mean ÷ standard deviation (ddof 1) of r − benchmark, per bar, not annualised',
    value: against(active),
  },
  {
    name: 'informationRatioAnnual',
    convention: 'informationRatio × √252',
    value: against((of) => active(of) * Math.sqrt(of.barsPerYear)),
  },
  {
    name: 'alphaArithmetic',
    convention: '(mean(r) − beta · mean(benchmark)) × 252',
    value: against((of) => (of.mean - of.beta * of.benchmarkMean) * of.barsPerYear),
  },
  {
    name: 'rSquared',
    convention: 'squared correlation of the returns with those of the benchmark',
    value: against(({ returns, benchmark }) => correlation(returns, benchmark) ** 2),
  },
  {
    name: 'treynor',
    convention: '(totalReturn − risk-free rate × n ÷ 252) ÷ beta',
    value: (p) => (compounded(p.returns) - 1 - p.riskFreePerBar * p.returns.length) / (both(p)?.beta ?? Number.NaN),
  },
  {
    name: 'captureRatio',
    convention: 'cagr ÷ cagr of the benchmark',
    value: against((of) => annualised(of.returns, of.barsPerYear) / annualised(of.benchmark, of.barsPerYear)),
  },
  {
    name: 'upCapture',
    convention: 'annualised growth on the bars on which the benchmark rises ÷ that of the benchmark on them',
    value: against(capture(RISING)),
  },
  {
    name: 'downCapture',
    convention: 'annualised growth on the bars on which the benchmark falls ÷ that of the benchmark on them',
    value: against(capture(FALLING)),
  },
  {
    name: 'battingAverage',
    convention: 'share of the bars with a higher return than the benchmark',
    value: against(({ returns, benchmark }) => {
      let higher = 0
      for (let i = 0; i < returns.length; i++) if (returns[i] > benchmark[i]) higher++
      return higher / returns.length
    }),
  },
  {
    name: 'trackingError',
    convention: 'standard deviation (ddof 1) of r − benchmark, × √252',
    value: against(({ activeSd, barsPerYear }) => activeSd * Math.sqrt(barsPerYear)),
  },
]
