import { exponentialMean } from '../rolling/exponential-mean.js'
import { bars, type Indicator } from './indicator.js'

export const ema: Indicator = {
  name: 'ema',
  title: 'Exponential moving average',
  formula: 'e += 2/(n + 1) · (close − e), seeded with the mean of the first n closes',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 20)],
  outputs: ['ema'],
  warmUp: ([period]) => period - 1,
  kernel: ([close], [period], [out]) => exponentialMean(close, period, out),
}
