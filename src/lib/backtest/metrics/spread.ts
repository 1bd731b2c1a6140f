import { mean, sampleSd } from '../../kernel/moments.js'
import { normalQuantile } from '../../kernel/normal-distribution.js'
import { quantile } from '../../kernel/quantile.js'
import { barSums } from './bar-sums.js'
import { once } from './once.js'
import { sampleShape } from './sample-shape.js'
import type { Metric, Performance } from './performance.js'

/** √(Σ min(r, 0)² ÷ n) over all n returns, r less the risk-free rate. */
export function downsideDeviation(p: Performance): number {
  return Math.sqrt(barSums(p).downsideSquares / p.returns.length)
}

/** Quantile of the normal distribution with the mean and deviation (ddof 1) of the values. */
function normalVar(values: Float64Array): number {
  return mean(values) + normalQuantile(0.05) * sampleSd(values)
}

/** Mean of the values below their normal 5 % quantile; NaN where there is none. */
export function normalTailMean(values: Float64Array): number {
  const bound = normalVar(values)
  let sum = 0
  let count = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] < bound) {
      sum += values[i]
      count++
    }
  }
  return sum / count
}

/** Moments of the returns. */
export const shapeOfReturns = once(({ returns }) => sampleShape(returns))

/** Mean of the ⌊(n − 1) · share⌋ + 1 lowest returns. */
function lowestShare({ tailReturns }: Performance, share: number): number {
  const count = Math.floor((tailReturns.length - 1) * share) + 1
  let sum = 0
  for (let i = 0; i < count; i++) sum += tailReturns[i]
  return sum / count
}

export const SPREAD_METRICS: readonly Metric[] = [
  {
    name: 'annualVol',
    convention: 'standard deviation of the returns, ddof 1, × √252',
    value: ({ sd, barsPerYear }) => sd * Math.sqrt(barsPerYear),
  },
  {
    name: 'downsideDeviation',
    convention: '√(Σ min(r, 0)² ÷ n) × √252, over all n',
    value: (p) => downsideDeviation(p) * Math.sqrt(p.barsPerYear),
  },
  {
    name: 'skew',
    convention: 'G1, corrected for bias',
    value: (p) => shapeOfReturns(p).skewUnbiased,
  },
  {
    name: 'kurtosisExcess',
    convention: 'G2, corrected for bias; 0 for a normal distribution',
    value: (p) => shapeOfReturns(p).kurtosisExcessUnbiased,
  },
  {
    name: 'var95',
    convention: '5th percentile of the returns, type 7; a loss is negative',
    value: ({ tailReturns }) => quantile(tailReturns, 0.05),
  },
  {
    name: 'cvar95',
    convention: 'expected shortfall: mean of the ⌊(n − 1) × 0.05⌋ + 1 lowest returns; a loss is negative',
    value: (p) => lowestShare(p, 0.05),
  },
  {
    name: 'var99',
    convention: '1st percentile of the returns, type 7; a loss is negative',
    value: ({ tailReturns }) => quantile(tailReturns, 0.01),
  },
  {
    name: 'cvar99',
    convention: 'expected shortfall: mean of the ⌊(n − 1) × 0.01⌋ + 1 lowest returns; a loss is negative',
    value: (p) => lowestShare(p, 0.01),
  },
  {
    name: 'var95Normal',
    convention: 'mean − 1.645 standard deviations (ddof 1) of the returns: what a normal distribution would say',
    value: ({ returns }) => normalVar(returns),
  },
  {
    name: 'cvar95Normal',
    convention: 'mean of the returns below var95Normal',
    value: ({ returns }) => normalTailMean(returns),
  },
  {
    name: 'tailRatio',
    convention: '|95th ÷ 5th percentile| of the returns, type 7',
    value: ({ tailReturns }) => Math.abs(quantile(tailReturns, 0.95) / quantile(tailReturns, 0.05)),
  },
]
