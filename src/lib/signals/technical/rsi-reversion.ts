import { closeOnly } from '../indicators/close-only.js'
import { computeIndicator } from '../indicators/compute-indicator.js'
import { rsi } from '../indicators/rsi.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

export const rsiReversion: SignalDefinition = {
  name: 'rsi',
  family: 'technical',
  title: 'Relative strength index, faded',
  rule: 'long while Wilder’s RSI of closes is `entry` points or more below 50, short while as far above; graded by that distance',
  parameters: SIGNAL_PARAMETERS.rsi,
  needs: ['close'],
  shiftInvariant: true,
  warmUp: ({ period }) => period,
  compute({ days, close }, params) {
    const [value] = computeIndicator(rsi, closeOnly(close), [params.period])
    return gradedHistory(rsiReversion, days, params, {
      value,
      unit: 'points',
      x: value.map((points) => 50 - points),
      columns: [],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const { period, entry } = params
    if (Number.isNaN(score)) return warmUpWords(i, period, 'prices did not move')
    const points = history.value[i]
    const where =
      score === 0 ? `lies between ${50 - entry} and ${50 + entry}` : score > 0 ? 'is oversold' : 'is overbought'
    return `RSI(${period}) ${points.toFixed(1)} ${where}, ${verdict(score)}`
  },
}
