import { rollingMean } from '../rolling/rolling-mean.js'
import { bars, type Indicator } from './indicator.js'
import { placeInRange } from './stochastic-fast.js'

export const stochastic: Indicator = {
  name: 'stochastic',
  title: 'Stochastic, slow',
  formula: '%K: SMA of the fast %K; %D: SMA of that',
  unit: 'percent',
  panel: 'own',
  levels: [20, 80],
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14), bars('k', 3, 1), bars('d', 3, 1)],
  outputs: ['stochastic_k', 'stochastic_d'],
  warmUp: ([period, k, d]) => period + k + d - 3,
  kernel(inputs, [period, k, d], [kLine, dLine]) {
    placeInRange(inputs, period, dLine)
    rollingMean(dLine, k, kLine, period - 1)
    rollingMean(kLine, d, dLine, period + k - 2)
  },
}
