import { rollingDeviation } from '../rolling/rolling-deviation.js'
import { bars, type Indicator } from './indicator.js'

export const zScore: Indicator = {
  name: 'z-score',
  title: 'z-score of the close',
  formula: '(close − mean)/standard deviation of the last n closes, ddof 0: beyond ±k is outside the Bollinger bands',
  unit: 'number',
  panel: 'own',
  levels: [-2, 0, 2],
  inputs: ['close'],
  parameters: [bars('period', 20)],
  outputs: ['z_score'],
  warmUp: ([period]) => period - 1,
  kernel([close], [period], [out]) {
    const mean = new Float64Array(close.length)
    rollingDeviation(close, period, 0, mean, out)
    // 0 / 0 where the closes are all equal: no deviation, no score
    for (let i = period - 1; i < close.length; i++) out[i] = (close[i] - mean[i]) / out[i]
  },
}
