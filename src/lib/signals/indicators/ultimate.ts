import { rollingMean } from '../rolling/rolling-mean.js'
import { trueRange } from '../rolling/true-range.js'
import { bars, type Indicator } from './indicator.js'

export const ultimate: Indicator = {
  name: 'ultimate',
  title: 'Ultimate oscillator',
  formula:
    '100·(4a + 2b + c)/7, each Σ(close − min(low, close before))/Σ true range over the short, medium and long window',
  unit: 'percent',
  panel: 'own',
  levels: [30, 70],
  inputs: ['high', 'low', 'close'],
  parameters: [bars('short', 7, 1), bars('medium', 14, 1), bars('long', 28, 1)],
  outputs: ['ultimate'],
  warmUp: ([, , long]) => long,
  conflict: ([short, medium, long]) =>
    short < medium && medium < long ? null : `${short}, ${medium} and ${long} do not ascend`,
  kernel([high, low, close], periods, [out]) {
    const length = close.length
    const pressure = new Float64Array(length)
    for (let i = 1; i < length; i++) pressure[i] = close[i] - Math.min(low[i], close[i - 1])
    const range = new Float64Array(length)
    trueRange(high, low, close, range)
    const up = new Float64Array(length)
    const all = new Float64Array(length)
    out.fill(0)
    for (let term = 0; term < 3; term++) {
      const weight = (100 * [4, 2, 1][term]) / 7
      rollingMean(pressure, periods[term], up, 1)
      rollingMean(range, periods[term], all, 1)
      for (let i = periods[2]; i < length; i++) out[i] += all[i] > 0 ? (weight * up[i]) / all[i] : Number.NaN
    }
  },
}
