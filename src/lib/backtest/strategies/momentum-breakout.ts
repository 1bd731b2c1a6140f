import { rollingMaximum, rollingMinimum } from '../../signals/rolling/rolling-extreme.js'
import { computeAnew } from '../indicator-cache.js'
import { barCount, type Strategy } from '../strategy.js'

export const momentumBreakout: Strategy = {
  name: 'momentum-breakout',
  summary: 'Follows the close out of its range',
  rule: 'long where close > highest high of the window bars before, short where close < their lowest low; never flat again',
  parameters: [barCount('window', 20, 'Bars of the range, the current one not among them.')],
  firstDecisionBar: ({ window }) => Number(window),
  prepare({ high, low, close }, { window }, cached = computeAnew) {
    const [highest, lowest] = cached(`range:${window}`, () => {
      const columns = [new Float64Array(close.length), new Float64Array(close.length)]
      rollingMaximum(high, Number(window), columns[0])
      rollingMinimum(low, Number(window), columns[1])
      return columns
    })
    return (bar, held) => {
      if (close[bar] > highest[bar - 1]) return 1
      if (close[bar] < lowest[bar - 1]) return -1
      return held
    }
  },
}
