import { gradedHistory } from '../graded-history.js'
import { rollingMaximum, rollingMinimum } from '../rolling/rolling-extreme.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, priceWords, verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

export const channelBreakout: SignalDefinition = {
  name: 'breakout',
  family: 'technical',
  title: 'Channel breakout',
  rule: 'place of the close between the lowest (−1) and highest (1) close of the channel, today’s included: long from `entry` on, short from −`entry` down; 1 is a new high',
  parameters: SIGNAL_PARAMETERS.breakout,
  needs: ['close'],
  shiftInvariant: true,
  warmUp: ({ channel }) => channel - 1,
  compute({ days, close, unit }, params) {
    const high = new Float64Array(close.length)
    const low = new Float64Array(close.length)
    rollingMaximum(close, params.channel, high)
    rollingMinimum(close, params.channel, low)
    const value = close.map((price, i) =>
      high[i] > low[i] ? (2 * price - high[i] - low[i]) / (high[i] - low[i]) : Number.NaN,
    )
    return gradedHistory(channelBreakout, days, params, {
      value,
      unit: 'place −1 to 1',
      x: value,
      columns: [
        { name: 'belowHigh', unit, values: high.map((price, i) => price - close[i]) },
        { name: 'aboveLow', unit, values: close.map((price, i) => price - low[i]) },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const { channel } = params
    if (Number.isNaN(score)) return warmUpWords(i, channel - 1, `prices did not move for ${channel} days`)
    const { unit } = history.columns[0]
    const belowHigh = columnAt(history, 'belowHigh', i)
    const aboveLow = columnAt(history, 'aboveLow', i)
    const where =
      belowHigh === 0
        ? `at the highest close of ${channel} days`
        : aboveLow === 0
          ? `at the lowest close of ${channel} days`
          : `${priceWords(belowHigh, unit)} below the highest and ${priceWords(aboveLow, unit)} above the lowest close of ${channel} days`
    return `the close is ${where}, ${verdict(score)}`
  },
}
