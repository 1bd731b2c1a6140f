import { once } from './once.js'
import type { Metric, Performance } from './performance.js'

function endOf({ equityUsd, initialCapitalUsd }: Performance): number {
  return equityUsd.length === 0 ? initialCapitalUsd : equityUsd[equityUsd.length - 1]
}

/** Product of 1 + return, from the first bar on. */
function growthOf({ equityUsd }: Performance): number {
  return equityUsd[equityUsd.length - 1] / equityUsd[0]
}

/** (Last ÷ first equity)^(252 / n) − 1; NaN where equity has gone to zero or below. */
export function compoundGrowth(performance: Performance): number {
  const n = performance.returns.length
  const growth = growthOf(performance)
  return n > 0 && growth > 0 ? growth ** (performance.barsPerYear / n) - 1 : Number.NaN
}

/** R² of the least-squares line through ln(equity ÷ first equity) over bars 1 … n. */
function stability({ equityUsd }: Performance): number {
  const n = equityUsd.length - 1
  let sum = 0
  let products = 0
  let squares = 0
  for (let i = 1; i <= n; i++) {
    const level = Math.log(equityUsd[i] / equityUsd[0])
    sum += level
    squares += level * level
    products += level * i
  }
  const centre = (n + 1) / 2
  const covariance = products - sum * centre
  const variance = squares - (sum * sum) / n
  return variance > 0 ? (covariance * covariance) / (variance * ((n * (n * n - 1)) / 12)) : Number.NaN
}

/** A return no larger than the rounding of equity is none: a fill at the mark moves nothing. */
export const NO_MOVE = 1e-13

/** Returns that are more than rounding: those above zero, and all of them. */
const moves = once(({ returns }): { readonly up: number; readonly all: number } => {
  let up = 0
  let all = 0
  for (let i = 0; i < returns.length; i++) {
    if (returns[i] > NO_MOVE) up++
    if (Math.abs(returns[i]) > NO_MOVE) all++
  }
  return { up, all }
})

export const GROWTH_METRICS: readonly Metric[] = [
  { name: 'totalReturn', convention: 'last ÷ first equity − 1, fraction', value: (p) => growthOf(p) - 1 },
  { name: 'cagr', convention: '(1 + totalReturn)^(252 / n) − 1, n = bars − 1', value: compoundGrowth },
  { name: 'annualReturn', convention: 'the same as cagr, by the name that empyrical gives it', value: compoundGrowth },
  {
    name: 'meanReturnAnnual',
    convention: 'arithmetic mean of the returns × 252',
    value: ({ mean, barsPerYear }) => mean * barsPerYear,
  },
  {
    name: 'geometricMeanReturn',
    convention: '(1 + totalReturn)^(1 / n) − 1, per bar',
    value: (p) => (growthOf(p) > 0 ? growthOf(p) ** (1 / p.returns.length) - 1 : Number.NaN),
  },
  {
    name: 'stability',
    convention: 'R² of a line through the cumulated log returns; null where equity has gone to zero or below',
    value: stability,
  },
  { name: 'netProfitUsd', convention: 'last equity − initial capital', value: (p) => endOf(p) - p.initialCapitalUsd },
  {
    name: 'bestReturn',
    convention: 'highest return of one bar',
    value: (p) => p.tailReturns.at(-1) ?? Number.NaN,
  },
  { name: 'worstReturn', convention: 'lowest return of one bar', value: (p) => p.tailReturns[0] ?? Number.NaN },
  {
    name: 'positiveBarShare',
    convention: 'share of the returns above zero, of all n',
    value: (p) => moves(p).up / p.returns.length,
  },
  {
    name: 'positiveMovingBarShare',
    convention: 'share of the returns above zero, of those that are not zero',
    value: (p) => moves(p).up / moves(p).all,
  },
]
