import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'

export const sma: Indicator = {
  name: 'sma',
  title: 'Simple moving average',
  formula: 'mean of the last n closes',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 20)],
  outputs: ['sma'],
  warmUp: ([period]) => period - 1,
  kernel: ([close], [period], [out]) => rollingMean(close, period, out),
}
