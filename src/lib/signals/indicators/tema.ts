import { exponentialMean } from '../rolling/exponential-mean.js'
import { bars, type Indicator } from './indicator.js'

export const tema: Indicator = {
  name: 'tema',
  title: 'Triple exponential moving average',
  formula: '3·EMA − 3·EMA(EMA) + EMA(EMA(EMA))',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 20)],
  outputs: ['tema'],
  warmUp: ([period]) => 3 * (period - 1),
  kernel([close], [period], [out]) {
    const once = new Float64Array(close.length)
    const twice = new Float64Array(close.length)
    exponentialMean(close, period, once)
    exponentialMean(once, period, twice, period - 1)
    exponentialMean(twice, period, out, 2 * (period - 1))
    for (let i = 3 * (period - 1); i < out.length; i++) out[i] += 3 * (once[i] - twice[i])
  },
}
