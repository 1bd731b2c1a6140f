import { DAYS_PER_YEAR, logRatio } from '../rolling/log-ratio.js'
import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'

export const parkinson: Indicator = {
  name: 'parkinson',
  title: 'Parkinson volatility',
  formula: '100·√(252·mean of ln(high/low)²/(4 ln 2)) over n bars; undefined across prices ≤ 0',
  unit: 'percent per year',
  panel: 'own',
  divides: true,
  inputs: ['high', 'low'],
  parameters: [bars('period', 21)],
  outputs: ['parkinson'],
  warmUp: ([period]) => period - 1,
  kernel([high, low], [period], [out]) {
    const squares = new Float64Array(high.length)
    for (let i = 0; i < high.length; i++) squares[i] = logRatio(high[i], low[i]) ** 2
    rollingMean(squares, period, out)
    const scale = DAYS_PER_YEAR / (4 * Math.LN2)
    for (let i = period - 1; i < high.length; i++) out[i] = 100 * Math.sqrt(scale * Math.max(0, out[i]))
  },
}
