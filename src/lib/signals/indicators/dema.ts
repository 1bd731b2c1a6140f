import { exponentialMean } from '../rolling/exponential-mean.js'
import { bars, type Indicator } from './indicator.js'

export const dema: Indicator = {
  name: 'dema',
  title: 'Double exponential moving average',
  formula: '2·EMA − EMA(EMA)',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 20)],
  outputs: ['dema'],
  warmUp: ([period]) => 2 * (period - 1),
  kernel([close], [period], [out]) {
    const once = new Float64Array(close.length)
    exponentialMean(close, period, once)
    exponentialMean(once, period, out, period - 1)
    for (let i = 2 * (period - 1); i < out.length; i++) out[i] = 2 * once[i] - out[i]
  },
}
