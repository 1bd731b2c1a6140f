import { rollingMaximum, rollingMinimum } from '../../signals/rolling/rolling-extreme.js'
import { barCount, type Strategy } from '../strategy.js'

export const momentumBreakout: Strategy = {
  name: 'momentum-breakout',
  summary: 'Follows the close out of its range',
  rule: 'long where close > highest high of the window bars before, short where close < their lowest low; never flat again',
  parameters: [barCount('window', 20, 'Bars of the range, the current one not among them.')],
  firstDecisionBar: ({ window }) => Number(window),
  prepare({ high, low, close }, { window }) {
    const highest = new Float64Array(close.length)
    const lowest = new Float64Array(close.length)
    rollingMaximum(high, Number(window), highest)
    rollingMinimum(low, Number(window), lowest)
    return (bar, held) => {
      if (close[bar] > highest[bar - 1]) return 1
      if (close[bar] < lowest[bar - 1]) return -1
      return held
    }
  },
}
