import { compoundGrowth } from './growth.js'
import { BARS_PER_YEAR, type Metric, type Performance } from './performance.js'
import { downsideDeviation } from './spread.js'

const YEAR = Math.sqrt(BARS_PER_YEAR)

/** a ÷ b; NaN where b is zero. */
const over = (a: number, b: number): number => (b === 0 ? Number.NaN : a / b)

function deepest({ drawdown }: Performance): number {
  return drawdown.reduce((least, value) => Math.min(least, value), 0)
}

function gains({ returns }: Performance): number {
  let sum = 0
  for (let i = 0; i < returns.length; i++) if (returns[i] > 0) sum += returns[i]
  return sum
}

function losses({ returns }: Performance): number {
  let sum = 0
  for (let i = 0; i < returns.length; i++) if (returns[i] < 0) sum -= returns[i]
  return sum
}

/** √(Σ drawdown² ÷ n), the peak before the first return being equity of the first bar. */
export function ulcerIndex({ drawdown, returns }: Performance): number {
  let squares = 0
  for (let i = 1; i < drawdown.length; i++) squares += drawdown[i] * drawdown[i]
  return Math.sqrt(squares / returns.length)
}

export const RATIO_METRICS: readonly Metric[] = [
  {
    name: 'sharpe',
    convention: 'mean ÷ standard deviation of the returns, ddof 1, × √252; risk-free rate 0',
    value: ({ mean, sd }) => over(mean, sd) * YEAR,
  },
  {
    name: 'sortino',
    convention: 'mean ÷ √(Σ min(r, 0)² ÷ n), over all n, × √252; risk-free rate 0',
    value: (p) => over(p.mean, downsideDeviation(p)) * YEAR,
  },
  { name: 'calmar', convention: 'cagr ÷ |maxDrawdown|', value: (p) => over(compoundGrowth(p), -deepest(p)) },
  { name: 'omega', convention: 'Σ max(r, 0) ÷ Σ max(−r, 0), threshold 0', value: (p) => over(gains(p), losses(p)) },
  { name: 'gainToPain', convention: 'Σ r ÷ Σ max(−r, 0)', value: (p) => over(gains(p) - losses(p), losses(p)) },
  {
    name: 'recoveryFactor',
    convention: '|Σ r| ÷ |maxDrawdown|',
    value: (p) => over(Math.abs(gains(p) - losses(p)), -deepest(p)),
  },
  {
    name: 'ulcerPerformance',
    convention: 'totalReturn ÷ ulcerIndex',
    value: (p) => over(p.equityUsd[p.equityUsd.length - 1] / p.equityUsd[0] - 1, ulcerIndex(p)),
  },
]
