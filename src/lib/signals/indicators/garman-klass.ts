import { DAYS_PER_YEAR, logRatio } from '../rolling/log-ratio.js'
import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'

export const garmanKlass: Indicator = {
  name: 'garman-klass',
  title: 'Garman–Klass volatility',
  formula: '100·√(252·mean of ½ ln(high/low)² − (2 ln 2 − 1) ln(close/open)²) over n bars; undefined across prices ≤ 0',
  unit: 'percent per year',
  panel: 'own',
  divides: true,
  inputs: ['open', 'high', 'low', 'close'],
  parameters: [bars('period', 21)],
  outputs: ['garman_klass'],
  warmUp: ([period]) => period - 1,
  kernel([open, high, low, close], [period], [out]) {
    const variance = new Float64Array(close.length)
    for (let i = 0; i < close.length; i++) {
      variance[i] = 0.5 * logRatio(high[i], low[i]) ** 2 - (2 * Math.LN2 - 1) * logRatio(close[i], open[i]) ** 2
    }
    rollingMean(variance, period, out)
    for (let i = period - 1; i < close.length; i++) out[i] = 100 * Math.sqrt(DAYS_PER_YEAR * Math.max(0, out[i]))
  },
}
