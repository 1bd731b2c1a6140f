import type { Metric, Performance } from './performance.js'
import { returnTally } from './return-tally.js'

/** Share of the returns above zero among those that are not zero. */
const odds = (p: Performance): number => returnTally(p).ups / (returnTally(p).ups + returnTally(p).downs)

/** Mean gain ÷ mean loss. */
function payoff(p: Performance): number {
  const { gains, losses, ups, downs } = returnTally(p)
  return gains / ups / (losses / downs)
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
    value: (p) => (returnTally(p).gains / returnTally(p).losses) * odds(p) * payoff(p),
  },
  {
    name: 'riskOfRuin',
    convention: '((1 − w) ÷ (1 + w))^n, w = positiveMovingBarShare: a gambler’s formula, 0 for any long history',
    value: (p) => ((1 - odds(p)) / (1 + odds(p))) ** p.returns.length,
  },
  {
    name: 'consecutiveUpBars',
    convention: 'longest run of returns above zero',
    value: (p) => returnTally(p).longestUp,
  },
  {
    name: 'consecutiveDownBars',
    convention: 'longest run of returns below zero',
    value: (p) => returnTally(p).longestDown,
  },
]
