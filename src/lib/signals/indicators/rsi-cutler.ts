import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'

export const rsiCutler: Indicator = {
  name: 'rsi-cutler',
  title: 'Relative strength index, Cutler',
  formula: '100·gain/(gain + loss), each the plain mean of the last n changes: no memory beyond them',
  unit: 'percent',
  panel: 'own',
  levels: [30, 70],
  inputs: ['close'],
  parameters: [bars('period', 14)],
  outputs: ['rsi_cutler'],
  warmUp: ([period]) => period,
  kernel([close], [period], [out]) {
    const moves = new Float64Array(close.length)
    for (let i = 1; i < close.length; i++) moves[i] = Math.max(close[i] - close[i - 1], 0)
    const gain = new Float64Array(close.length)
    rollingMean(moves, period, gain, 1)
    for (let i = 1; i < close.length; i++) moves[i] = Math.max(close[i - 1] - close[i], 0)
    rollingMean(moves, period, out, 1)
    let still = 0
    for (let i = 1; i < close.length; i++) {
      still = close[i] === close[i - 1] ? still + 1 : 0
      if (i < period) continue
      // a running sum of nothing but zeros may be a rounding away from zero
      const up = Math.max(gain[i], 0)
      const down = Math.max(out[i], 0)
      out[i] = still >= period ? Number.NaN : (100 * up) / (up + down)
    }
  },
}
