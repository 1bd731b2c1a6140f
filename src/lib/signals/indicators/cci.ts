import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'

export const cci: Indicator = {
  name: 'cci',
  title: 'Commodity channel index',
  formula: '(typical − mean)/(0.015·mean absolute deviation) of n typical prices (high + low + close)/3',
  unit: 'number',
  panel: 'own',
  levels: [-100, 100],
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 20)],
  outputs: ['cci'],
  warmUp: ([period]) => period - 1,
  kernel([high, low, close], [period], [out]) {
    const typical = new Float64Array(close.length)
    for (let i = 0; i < close.length; i++) typical[i] = (high[i] + low[i] + close[i]) / 3
    rollingMean(typical, period, out)
    let equal = 1
    for (let i = 1; i < close.length; i++) {
      equal = typical[i] === typical[i - 1] ? equal + 1 : 1
      if (i < period - 1) continue
      const mean = out[i]
      let spread = 0
      for (let j = i - period + 1; j <= i; j++) spread += Math.abs(typical[j] - mean)
      out[i] = equal >= period ? Number.NaN : (typical[i] - mean) / ((0.015 * spread) / period)
    }
  },
}
