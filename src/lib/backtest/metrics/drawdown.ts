import { drawdownTally } from './drawdown-tally.js'
import type { Metric } from './performance.js'

export const DRAWDOWN_METRICS: readonly Metric[] = [
  {
    name: 'maxDrawdown',
    convention: 'lowest equity ÷ highest before it − 1, negative; the first peak is the initial capital',
    value: (p) => drawdownTally(p).deepest,
  },
  {
    name: 'maxDrawdownCash',
    convention: 'lowest equity − highest before it, USD, negative',
    value: (p) => drawdownTally(p).deepestUsd,
  },
  {
    name: 'maxDrawdownBars',
    convention: 'longest time below a peak, bars from the peak to its recovery or to the last bar',
    value: (p) => drawdownTally(p).stretches.reduce((longest, { bars }) => Math.max(longest, bars), 0),
  },
  {
    name: 'drawdowns',
    convention: 'number of stretches below a peak',
    value: (p) => drawdownTally(p).stretches.length,
  },
  {
    name: 'avgDrawdown',
    convention: 'mean depth of the stretches below a peak, negative',
    value: (p) => {
      const { stretches } = drawdownTally(p)
      return stretches.length === 0 ? 0 : stretches.reduce((sum, { depth }) => sum + depth, 0) / stretches.length
    },
  },
  {
    name: 'avgDrawdownBars',
    convention: 'mean number of bars from a peak to its recovery, or to the last bar',
    value: (p) => {
      const { stretches } = drawdownTally(p)
      return stretches.length === 0 ? 0 : stretches.reduce((sum, { bars }) => sum + bars, 0) / stretches.length
    },
  },
  {
    name: 'avgUnderwater',
    convention: 'mean depth of the bars below a peak, negative',
    value: (p) => {
      const { below, sum } = drawdownTally(p)
      return below === 0 ? 0 : sum / below
    },
  },
  {
    name: 'painIndex',
    convention: 'Σ |drawdown| ÷ n of the n bars after the first',
    value: (p) => drawdownTally(p).painIndex,
  },
  {
    name: 'ulcerIndex',
    convention: '√(Σ drawdown² ÷ n) of the n bars after the first',
    value: (p) => drawdownTally(p).ulcerIndex,
  },
]
