import { sampleSd } from '../../kernel/moments.js'
import { once } from './once.js'
import type { Metric, Performance } from './performance.js'

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
/** NaN for none. */
const average = (values: Float64Array): number => sum(values) / values.length
const wins = once(({ trades }) => trades.netUsd.filter((net) => net > 0))
const losses = once(({ trades }) => trades.netUsd.filter((net) => net < 0))
const winRate = (p: Performance): number => wins(p).length / p.trades.netUsd.length
const payoff = (p: Performance): number => average(wins(p)) / -average(losses(p))

/** Longest run of trades that `counts` holds of. */
function longestRun({ trades }: Performance, counts: (net: number) => boolean): number {
  let longest = 0
  let run = 0
  for (const net of trades.netUsd) {
    run = counts(net) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

const bars = ({ trades }: Performance): Float64Array => trades.exitBar.map((exit, i) => exit - trades.entryBar[i])

export const ROUND_TRIP_METRICS: readonly Metric[] = [
  {
    name: 'trades',
    convention: 'closed round trips; a reversal closes one, a position still open is none',
    value: ({ trades }) => trades.netUsd.length,
  },
  {
    name: 'longTrades',
    convention: 'round trips that were long',
    value: ({ trades }) => trades.lots.filter((lots) => lots > 0).length,
  },
  {
    name: 'shortTrades',
    convention: 'round trips that were short',
    value: ({ trades }) => trades.lots.filter((lots) => lots < 0).length,
  },
  {
    name: 'winRate',
    convention: 'share of the trades with net profit above 0; exactly 0 is a trade, and no win',
    value: winRate,
  },
  {
    name: 'profitFactor',
    convention: 'Σ net profits ÷ Σ net losses of the trades; null without a loss',
    value: (p) => (losses(p).length === 0 ? Number.NaN : sum(wins(p)) / -sum(losses(p))),
  },
  { name: 'avgWin', convention: 'mean net profit of winning trades, USD', value: (p) => average(wins(p)) },
  { name: 'avgLoss', convention: 'mean net loss of losing trades, USD, negative', value: (p) => average(losses(p)) },
  {
    name: 'expectancy',
    convention: 'mean net profit of all trades, USD',
    value: ({ trades }) => average(trades.netUsd),
  },
  { name: 'payoffRatio', convention: 'avgWin ÷ |avgLoss|', value: payoff },
  {
    name: 'sqn',
    convention: 'system quality number: √trades × mean ÷ standard deviation (ddof 1) of net profits',
    value: ({ trades: { netUsd } }) => {
      const sd = sampleSd(netUsd)
      return sd > 0 ? (Math.sqrt(netUsd.length) * average(netUsd)) / sd : Number.NaN
    },
  },
  {
    name: 'kelly',
    convention: 'winRate − (1 − winRate) ÷ payoffRatio, of the trades',
    value: (p) => winRate(p) - (1 - winRate(p)) / payoff(p),
  },
  {
    name: 'largestWin',
    convention: 'highest net profit of a trade, USD',
    value: (p) => (wins(p).length === 0 ? Number.NaN : wins(p).reduce((most, net) => Math.max(most, net), -Infinity)),
  },
  {
    name: 'largestLoss',
    convention: 'lowest net profit of a losing trade, USD, negative',
    value: (p) =>
      losses(p).length === 0 ? Number.NaN : losses(p).reduce((least, net) => Math.min(least, net), Infinity),
  },
  { name: 'avgTradeBars', convention: 'mean number of bars from entry to exit', value: (p) => average(bars(p)) },
  {
    name: 'consecutiveWins',
    convention: 'longest run of winning trades',
    value: (p) => longestRun(p, (net) => net > 0),
  },
  {
    name: 'consecutiveLosses',
    convention: 'longest run of losing trades',
    value: (p) => longestRun(p, (net) => net < 0),
  },
  {
    name: 'avgMae',
    convention: 'mean farthest open loss of the trades by highs and lows, USD, ≤ 0, before commission',
    value: ({ trades }) => average(trades.worstUsd),
  },
  {
    name: 'avgMfe',
    convention: 'mean farthest open profit of the trades by highs and lows, USD, ≥ 0, before commission',
    value: ({ trades }) => average(trades.bestUsd),
  },
]
