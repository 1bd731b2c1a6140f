import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'

export const mfi: Indicator = {
  name: 'mfi',
  title: 'Money flow index',
  formula:
    '100·up/(up + down), sums over n bars of typical price (high + low + close)/3 × volume; an unchanged typical price ' +
    'counts for neither; undefined where nothing flowed or a typical price is below zero',
  unit: 'percent',
  panel: 'own',
  levels: [20, 80],
  inputs: ['high', 'low', 'close', 'volume'],
  parameters: [bars('period', 14)],
  outputs: ['mfi'],
  warmUp: ([period]) => period,
  kernel([high, low, close, volume], [period], [out]) {
    const up = new Float64Array(close.length)
    const both = new Float64Array(close.length)
    let before = (high[0] + low[0] + close[0]) / 3
    let quiet = 0
    const quietBars = new Int32Array(close.length)
    for (let i = 1; i < close.length; i++) {
      const typical = (high[i] + low[i] + close[i]) / 3
      const flow = typical >= 0 ? typical * volume[i] : Number.NaN
      up[i] = typical > before || flow !== flow ? flow : 0
      both[i] = typical !== before || flow !== flow ? flow : 0
      quiet = both[i] === 0 ? quiet + 1 : 0
      quietBars[i] = quiet
      before = typical
    }
    const total = new Float64Array(close.length)
    rollingMean(both, period, total, 1)
    rollingMean(up, period, out, 1)
    for (let i = period; i < close.length; i++) {
      out[i] = quietBars[i] >= period ? Number.NaN : Math.min(100, Math.max(0, (100 * out[i]) / total[i]))
    }
  },
}
