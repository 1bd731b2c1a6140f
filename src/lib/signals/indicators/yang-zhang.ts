import { DAYS_PER_YEAR, logRatio } from '../rolling/log-ratio.js'
import { rollingDeviation } from '../rolling/rolling-deviation.js'
import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'

export const yangZhang: Indicator = {
  name: 'yang-zhang',
  title: 'Yang–Zhang volatility',
  formula:
    '100·√(252·(O + k·C + (1 − k)·RS)): variances (ddof 1) of ln(open/close before) and ln(close/open), Rogers–Satchell ' +
    'mean, k = 0.34/(1.34 + (n + 1)/(n − 1)); undefined across prices ≤ 0',
  unit: 'percent per year',
  panel: 'own',
  divides: true,
  inputs: ['open', 'high', 'low', 'close'],
  parameters: [bars('period', 21)],
  outputs: ['yang_zhang'],
  warmUp: ([period]) => period,
  kernel([open, high, low, close], [period], [out]) {
    const { length } = close
    const night = new Float64Array(length)
    const day = new Float64Array(length)
    const rogersSatchell = new Float64Array(length)
    for (let i = 1; i < length; i++) {
      const move = logRatio(close[i], open[i])
      const up = logRatio(high[i], open[i])
      const down = logRatio(low[i], open[i])
      night[i] = logRatio(open[i], close[i - 1])
      day[i] = move
      rogersSatchell[i] = up * (up - move) + down * (down - move)
    }
    const mean = new Float64Array(length)
    const overnight = new Float64Array(length)
    const inDay = new Float64Array(length)
    rollingDeviation(night, period, 1, mean, overnight, 1)
    rollingDeviation(day, period, 1, mean, inDay, 1)
    rollingMean(rogersSatchell, period, out, 1)
    const k = 0.34 / (1.34 + (period + 1) / (period - 1))
    for (let i = period; i < length; i++) {
      const variance = overnight[i] ** 2 + k * inDay[i] ** 2 + (1 - k) * Math.max(0, out[i])
      out[i] = 100 * Math.sqrt(DAYS_PER_YEAR * variance)
    }
  },
}
