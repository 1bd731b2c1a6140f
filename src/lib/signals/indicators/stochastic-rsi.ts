import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'
import { relativeStrength } from './rsi.js'
import { placeInRange } from './stochastic-fast.js'

export const stochasticRsi: Indicator = {
  name: 'stochastic-rsi',
  title: 'Stochastic RSI',
  formula: 'the fast stochastic of Wilder’s RSI',
  unit: 'percent',
  panel: 'own',
  levels: [20, 80],
  inputs: ['close'],
  parameters: [bars('rsi', 14), bars('period', 14), bars('d', 3, 1)],
  outputs: ['stochastic_rsi_k', 'stochastic_rsi_d'],
  warmUp: ([rsi, period, d]) => rsi + period + d - 2,
  kernel([close], [rsi, period, d], [k, dLine]) {
    relativeStrength(close, rsi, dLine)
    const strength = dLine.slice()
    placeInRange([strength, strength, strength], period, k, rsi)
    rollingMean(k, d, dLine, rsi + period - 1)
  },
}
