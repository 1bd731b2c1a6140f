import { compoundGrowth } from './growth.js'
import type { Metric, Performance } from './performance.js'
import { quantile } from '../../kernel/quantile.js'
import { barSums } from './bar-sums.js'
import { correlation } from './correlation.js'
import { once } from './once.js'
import { downsideDeviation, normalTailMean } from './spread.js'

/** a ÷ b; NaN where b is zero. */
const over = (a: number, b: number): number => (b === 0 ? Number.NaN : a / b)

/** Lowest drawdown, ≤ 0. */
export const deepest = once(({ drawdown }): number => {
  let least = 0
  for (let i = 0; i < drawdown.length; i++) if (drawdown[i] < least) least = drawdown[i]
  return least
})

const gains = (p: Performance): number => barSums(p).gained
const losses = (p: Performance): number => barSums(p).lost

/** √(Σ drawdown² ÷ n), the peak before the first return being equity of the first bar. */
export const ulcerIndex = once(({ drawdown, returns }): number => {
  let squares = 0
  for (let i = 1; i < drawdown.length; i++) squares += drawdown[i] * drawdown[i]
  return Math.sqrt(squares / returns.length)
})

const totalReturn = (p: Performance): number => p.equityUsd[p.equityUsd.length - 1] / p.equityUsd[0] - 1
const sharpe = ({ mean, sd, riskFreePerBar, barsPerYear }: Performance): number =>
  over(mean - riskFreePerBar, sd) * Math.sqrt(barsPerYear)
const sortino = (p: Performance): number =>
  over(p.mean - p.riskFreePerBar, downsideDeviation(p)) * Math.sqrt(p.barsPerYear)

/** Σ |drawdown| ÷ n of the n bars after the first. */
export const painIndex = once(({ drawdown, returns }): number => {
  let sum = 0
  for (let i = 1; i < drawdown.length; i++) sum -= drawdown[i]
  return sum / returns.length
})

function autocorrelationPenalty({ returns, mean }: Performance): number {
  const n = returns.length
  const rho = Math.abs(correlation(returns.subarray(0, n - 1), returns.subarray(1)))
  let sum = 0
  // Powers of ρ are gone long before the last lag.
  for (let k = 1, power = rho; k < n && power > 1e-18; k++, power *= rho) sum += ((n - k) / n) * power
  return Number.isFinite(mean) ? Math.sqrt(1 + 2 * sum) : Number.NaN
}

function pitfall({ drawdown, sd }: Performance): number {
  return over(-normalTailMean(drawdown.subarray(1)), sd)
}

export const RATIO_METRICS: readonly Metric[] = [
  {
    name: 'sharpe',
    convention:
      'mean ÷ standard deviation (ddof 1) of the returns less the risk-free rate ÷ 252, × √252; that rate is 0 unless given',
    value: sharpe,
  },
  {
    name: 'sortino',
    convention: 'mean ÷ √(Σ min(r, 0)² ÷ n), over all n, × √252, r less the risk-free rate ÷ 252',
    value: sortino,
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
    value: (p) => over(totalReturn(p), ulcerIndex(p)),
  },
  { name: 'martinRatio', convention: 'cagr ÷ ulcerIndex', value: (p) => over(compoundGrowth(p), ulcerIndex(p)) },
  { name: 'painRatio', convention: 'cagr ÷ painIndex', value: (p) => over(compoundGrowth(p), painIndex(p)) },
  {
    name: 'adjustedSortino',
    convention: 'sortino ÷ √2, to stand beside a Sharpe ratio',
    value: (p) => sortino(p) / Math.SQRT2,
  },
  {
    name: 'smartSharpe',
    convention: 'sharpe ÷ √(1 + 2 Σ (1 − k/n) |ρ|^k), ρ the correlation of a return with the one before',
    value: (p) => sharpe(p) / autocorrelationPenalty(p),
  },
  {
    name: 'commonSenseRatio',
    convention: 'Σ max(r, 0) ÷ Σ max(−r, 0) × tailRatio',
    value: (p) => over(gains(p), losses(p)) * Math.abs(quantile(p.tailReturns, 0.95) / quantile(p.tailReturns, 0.05)),
  },
  {
    name: 'serenityIndex',
    convention:
      'Σ r ÷ (√(Σ drawdown² ÷ (n − 1)) × pitfall), pitfall = −(mean of the drawdowns below their normal 5 % quantile) ÷ standard deviation of r',
    value: (p) =>
      over(gains(p) - losses(p), ulcerIndex(p) * Math.sqrt(p.returns.length / (p.returns.length - 1)) * pitfall(p)),
  },
]
