import { quantile } from '../../kernel/quantile.js'
import { returnTally } from './return-tally.js'
import { shapeOfReturns } from './shape-of-returns.js'
import { BARS_PER_YEAR, type Metric, type Performance } from './performance.js'

const YEAR = Math.sqrt(BARS_PER_YEAR)

/** √(Σ min(r, 0)² ÷ n) over all n returns, r less the risk-free rate. */
export function downsideDeviation(p: Performance): number {
  return Math.sqrt(returnTally(p).downsideSquares / p.returns.length)
}

/** Mean of the ⌊(n − 1) · share⌋ + 1 lowest returns. */
function lowestShare({ ascendingReturns }: Performance, share: number): number {
  const count = Math.floor((ascendingReturns.length - 1) * share) + 1
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
    value: ({ ascendingReturns }) => quantile(ascendingReturns, 0.05),
  },
  {
    name: 'cvar95',
    convention: 'expected shortfall: mean of the ⌊(n − 1) × 0.05⌋ + 1 lowest returns; a loss is negative',
    value: (p) => lowestShare(p, 0.05),
  },
  {
    name: 'var99',
    convention: '1st percentile of the returns, type 7; a loss is negative',
    value: ({ ascendingReturns }) => quantile(ascendingReturns, 0.01),
  },
  {
    name: 'cvar99',
    convention: 'expected shortfall: mean of the ⌊(n − 1) × 0.01⌋ + 1 lowest returns; a loss is negative',
    value: (p) => lowestShare(p, 0.01),
  },
  {
    name: 'var95Normal',
    convention: 'mean − 1.645 standard deviations (ddof 1) of the returns: what a normal distribution would say',
    value: (p) => returnTally(p).normalVar,
  },
  {
    name: 'cvar95Normal',
    convention: 'mean of the returns below var95Normal',
    value: (p) => returnTally(p).normalTailMean,
  },
  {
    name: 'tailRatio',
    convention: '|95th ÷ 5th percentile| of the returns, type 7',
    value: ({ ascendingReturns }) => Math.abs(quantile(ascendingReturns, 0.95) / quantile(ascendingReturns, 0.05)),
  },
]
