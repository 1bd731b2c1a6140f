import { exponentialMean } from '../rolling/exponential-mean.js'
import { averageTrueRange } from './atr.js'
import { bars, type Indicator } from './indicator.js'

export const keltner: Indicator = {
  name: 'keltner',
  title: 'Keltner channel',
  formula: 'EMA of the close ± k·ATR',
  unit: 'price',
  panel: 'price',
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 20), bars('atr', 10, 1), { name: 'ranges', default: 2, min: 0.1, max: 10, whole: false }],
  outputs: ['keltner_upper', 'keltner_middle', 'keltner_lower'],
  warmUp: ([period, atr]) => Math.max(period - 1, atr),
  kernel(inputs, [period, atr, ranges], [upper, middle, lower]) {
    const [, , close] = inputs
    const first = Math.max(period - 1, atr)
    averageTrueRange(inputs, atr, upper)
    exponentialMean(close, period, middle)
    for (let i = first; i < close.length; i++) {
      const width = ranges * upper[i]
      upper[i] = middle[i] + width
      lower[i] = middle[i] - width
    }
  },
}
