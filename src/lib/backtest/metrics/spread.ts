import { quantile } from '../../kernel/quantile.js'
import { sampleShape } from './sample-shape.js'
import { BARS_PER_YEAR, type Metric, type Performance } from './performance.js'

const YEAR = Math.sqrt(BARS_PER_YEAR)

/** √(Σ min(r, 0)² ÷ n) over all n returns. */
export function downsideDeviation({ returns }: Performance): number {
  let squares = 0
  for (const value of returns) if (value < 0) squares += value * value
  return Math.sqrt(squares / returns.length)
}

/** Mean of the ⌊(n − 1) · 0.05⌋ + 1 lowest returns. */
function lowestTwentieth({ ascendingReturns }: Performance): number {
  const count = Math.floor((ascendingReturns.length - 1) * 0.05) + 1
  let sum = 0
  for (let i = 0; i < count; i++) sum += ascendingReturns[i]
  return sum / count
}

export const SPREAD_METRICS: readonly Metric[] = [
  { name: 'annualVol', convention: 'standard deviation of the returns, ddof 1, × √252', value: ({ sd }) => sd * YEAR },
  {
    name: 'downsideDeviation',
    convention: '√(Σ min(r, 0)² ÷ n) × √252, over all n',
    value: (p) => downsideDeviation(p) * YEAR,
  },
  {
    name: 'skew',
    convention: 'G1, corrected for bias',
    value: ({ returns }) => sampleShape(returns).skewUnbiased,
  },
  {
    name: 'kurtosisExcess',
    convention: 'G2, corrected for bias; 0 for a normal distribution',
    value: ({ returns }) => sampleShape(returns).kurtosisExcessUnbiased,
  },
  {
    name: 'var95',
    convention: '5th percentile of the returns, type 7; a loss is negative',
    value: ({ ascendingReturns }) => quantile(ascendingReturns, 0.05),
  },
  {
    name: 'cvar95',
    convention: 'mean of the ⌊(n − 1) × 0.05⌋ + 1 lowest returns; a loss is negative',
    value: lowestTwentieth,
  },
  {
    name: 'tailRatio',
    convention: '|95th ÷ 5th percentile| of the returns, type 7',
    value: ({ ascendingReturns }) => Math.abs(quantile(ascendingReturns, 0.95) / quantile(ascendingReturns, 0.05)),
  },
]
