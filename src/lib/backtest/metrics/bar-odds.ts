import { countWhere } from './count-where.js'
import type { Metric, Performance } from './performance.js'

const isGain = (value: number): boolean => value > 0
const isLoss = (value: number): boolean => value < 0

function meanWhere(values: Float64Array, holds: (value: number) => boolean): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) if (holds(values[i])) sum += values[i]
  return sum / countWhere(values, holds)
}

/** Share of the returns above zero among those that are not zero. */
const odds = ({ returns }: Performance): number =>
  countWhere(returns, isGain) / (countWhere(returns, isGain) + countWhere(returns, isLoss))
const payoff = ({ returns }: Performance): number => meanWhere(returns, isGain) / -meanWhere(returns, isLoss)

function longestRun({ returns }: Performance, holds: (value: number) => boolean): number {
  let longest = 0
  let run = 0
  for (let i = 0; i < returns.length; i++) {
    run = holds(returns[i]) ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}

/** Bets of one bar: what a gambler would ask of the returns. */
export const BAR_ODDS_METRICS: readonly Metric[] = [
  { name: 'barPayoffRatio', convention: 'mean return above zero ÷ |mean return below zero|', value: payoff },
  {
    name: 'barKelly',
    convention: 'w − (1 − w) ÷ barPayoffRatio, w = positiveMovingBarShare',
    value: (p) => odds(p) - (1 - odds(p)) / payoff(p),
  },
  {
    name: 'cpcIndex',
    convention: 'omega × positiveMovingBarShare × barPayoffRatio',
    value: (p) => (odds(p) * payoff(p) ** 2 * countWhere(p.returns, isGain)) / countWhere(p.returns, isLoss),
  },
  {
    name: 'riskOfRuin',
    convention: '((1 − w) ÷ (1 + w))^n, w = positiveMovingBarShare: a gambler’s formula, 0 for any long history',
    value: (p) => ((1 - odds(p)) / (1 + odds(p))) ** p.returns.length,
  },
  { name: 'consecutiveUpBars', convention: 'longest run of returns above zero', value: (p) => longestRun(p, isGain) },
  { name: 'consecutiveDownBars', convention: 'longest run of returns below zero', value: (p) => longestRun(p, isLoss) },
]
