import { averageDirectionalIndex } from './adx.js'
import { bars, type Indicator } from './indicator.js'

export const adxr: Indicator = {
  name: 'adxr',
  title: 'Average directional index rating',
  formula: 'mean of the ADX and the ADX n − 1 bars before',
  unit: 'percent',
  panel: 'own',
  levels: [25],
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14)],
  outputs: ['adxr'],
  warmUp: ([period]) => 3 * period - 2,
  kernel(inputs, [period], [out]) {
    averageDirectionalIndex(inputs, period, out)
    for (let i = out.length - 1; i >= 3 * period - 2; i--) out[i] = (out[i] + out[i - period + 1]) / 2
  },
}
