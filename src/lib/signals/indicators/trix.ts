import { exponentialMean } from '../rolling/exponential-mean.js'
import { bars, type Indicator } from './indicator.js'

export const trix: Indicator = {
  name: 'trix',
  title: 'TRIX',
  formula: 'change of EMA(EMA(EMA)) in per cent of the day before; undefined where that is not above zero',
  unit: 'percent',
  panel: 'own',
  levels: [0],
  divides: true,
  inputs: ['close'],
  parameters: [bars('period', 15)],
  outputs: ['trix'],
  warmUp: ([period]) => 3 * (period - 1) + 1,
  kernel([close], [period], [out]) {
    const first = 3 * (period - 1)
    exponentialMean(close, period, out)
    exponentialMean(out, period, out, period - 1)
    exponentialMean(out, period, out, 2 * (period - 1))
    let before = out[first]
    for (let i = first + 1; i < out.length; i++) {
      const level = out[i]
      out[i] = before > 0 ? 100 * (level / before - 1) : Number.NaN
      before = level
    }
  },
}
