import { rollingDeviation } from '../rolling/rolling-deviation.js'
import { bars, type Indicator } from './indicator.js'

export const bollinger: Indicator = {
  name: 'bollinger',
  title: 'Bollinger bands',
  formula: 'SMA ± k standard deviations of the last n closes, ddof 0',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 20), { name: 'deviations', default: 2, min: 0.1, max: 10, whole: false }],
  outputs: ['bollinger_upper', 'bollinger_middle', 'bollinger_lower'],
  warmUp: ([period]) => period - 1,
  kernel([close], [period, deviations], [upper, middle, lower]) {
    rollingDeviation(close, period, 0, middle, upper)
    for (let i = period - 1; i < close.length; i++) {
      const width = deviations * upper[i]
      upper[i] = middle[i] + width
      lower[i] = middle[i] - width
    }
  },
}
