import { weightedSums } from '../rolling/weighted-sums.js'
import { bars, type Indicator } from './indicator.js'

export const wma: Indicator = {
  name: 'wma',
  title: 'Linearly weighted moving average',
  formula: 'weights 1 (oldest) … n (newest) over n(n + 1)/2',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 20)],
  outputs: ['wma'],
  warmUp: ([period]) => period - 1,
  kernel([close], [period], [out]) {
    const divisor = (period * (period + 1)) / 2
    weightedSums(close, period, (at, sum, weighted, anchor) => {
      out[at] = anchor + (weighted + sum) / divisor
    })
  },
}
