import { relativeStrength } from '../../signals/indicators/rsi.js'
import { computeAnew } from '../indicator-cache.js'
import { barCount, type Strategy, type StrategyParameter } from '../strategy.js'

const level = (name: string, value: number, summary: string): StrategyParameter => ({
  name,
  kind: 'number',
  default: value,
  min: 0,
  max: 100,
  summary,
})

export const rsiReversion: Strategy = {
  name: 'rsi-reversion',
  summary: 'Relative strength index of Wilder, against the move',
  rule: 'long where RSI < lower, short where RSI > upper; a long is out above exit, a short below it',
  parameters: [
    barCount('period', 14, 'Bars of the index.'),
    level('lower', 30, 'Below it: long.'),
    level('upper', 70, 'Above it: short.'),
    level('exit', 50, 'A long is out above it, a short below it.'),
  ],
  conflict: ({ lower, upper, exit }) =>
    lower <= exit && exit <= upper ? null : `lower ${lower}, exit ${exit}, upper ${upper} do not ascend`,
  firstDecisionBar: ({ period }) => Number(period),
  prepare({ close }, { period, lower, upper, exit }, cached = computeAnew) {
    const [index] = cached(`rsi:close:${period}`, () => {
      const column = new Float64Array(close.length).fill(Number.NaN)
      if (close.length > Number(period)) relativeStrength(close, Number(period), column)
      return [column]
    })
    const [cheap, dear, middle] = [Number(lower), Number(upper), Number(exit)]
    return (bar, held) => {
      const strength = index[bar]
      if (strength < cheap) return 1
      if (strength > dear) return -1
      if (held > 0 && strength > middle) return 0
      if (held < 0 && strength < middle) return 0
      return held
    }
  },
}
