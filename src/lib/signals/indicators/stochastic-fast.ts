import { rollingMaximum, rollingMinimum } from '../rolling/rolling-extreme.js'
import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'

/** 100 · (close − lowest low) / (highest high − lowest low); NaN where the range is nil. */
export function placeInRange(
  [high, low, close]: readonly Float64Array[],
  period: number,
  out: Float64Array,
  from = 0,
): void {
  const highest = new Float64Array(close.length)
  rollingMaximum(high, period, highest, from)
  rollingMinimum(low, period, out, from)
  for (let i = from + period - 1; i < close.length; i++) {
    out[i] = (100 * (close[i] - out[i])) / (highest[i] - out[i])
  }
}

export const stochasticFast: Indicator = {
  name: 'stochastic-fast',
  title: 'Stochastic, fast',
  formula: '%K: 100·(close − lowest low)/(highest high − lowest low) of n bars; %D: its SMA',
  unit: 'percent',
  panel: 'own',
  levels: [20, 80],
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14), bars('d', 3, 1)],
  outputs: ['stochastic_fast_k', 'stochastic_fast_d'],
  warmUp: ([period, d]) => period + d - 2,
  kernel(inputs, [period, d], [k, dLine]) {
    placeInRange(inputs, period, k)
    rollingMean(k, d, dLine, period - 1)
  },
}
