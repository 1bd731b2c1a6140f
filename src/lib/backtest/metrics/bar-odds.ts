import { barSums } from './bar-sums.js'
import type { Metric, Performance } from './performance.js'

/** Share of the returns above zero among those that are not zero. */
function odds(p: Performance): number {
  const { gains, losses } = barSums(p)
  return gains / (gains + losses)
}

function payoff(p: Performance): number {
  const { gains, losses, gained, lost } = barSums(p)
  return gained / gains / (lost / losses)
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
    value: (p) => (odds(p) * payoff(p) ** 2 * barSums(p).gains) / barSums(p).losses,
  },
  {
    name: 'riskOfRuin',
    convention: '((1 − w) ÷ (1 + w))^n, w = positiveMovingBarShare: a gambler’s formula, 0 for any long history',
    value: (p) => ((1 - odds(p)) / (1 + odds(p))) ** p.returns.length,
  },
  { name: 'consecutiveUpBars', convention: 'longest run of returns above zero', value: (p) => barSums(p).longestGain },
  {
    name: 'consecutiveDownBars',
    convention: 'longest run of returns below zero',
    value: (p) => barSums(p).longestLoss,
  },
]
