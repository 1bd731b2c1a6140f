import { rollingDeviation } from '../rolling/rolling-deviation.js'
import { bars, type Indicator } from './indicator.js'

export const standardDeviation: Indicator = {
  name: 'standard-deviation',
  title: 'Standard deviation of the close',
  formula: 'of the last n closes, ddof 0',
  unit: 'price',
  panel: 'own',
  inputs: ['close'],
  parameters: [bars('period', 20)],
  outputs: ['standard_deviation'],
  warmUp: ([period]) => period - 1,
  kernel: ([close], [period], [out]) => rollingDeviation(close, period, 0, new Float64Array(close.length), out),
}
