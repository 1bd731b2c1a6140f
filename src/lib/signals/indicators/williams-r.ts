import { bars, type Indicator } from './indicator.js'
import { placeInRange } from './stochastic-fast.js'

export const williamsR: Indicator = {
  name: 'williams-r',
  title: 'Williams %R',
  formula: '−100·(highest high − close)/(highest high − lowest low) of n bars: −100 to 0',
  unit: 'percent',
  panel: 'own',
  levels: [-80, -20],
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14)],
  outputs: ['williams_r'],
  warmUp: ([period]) => period - 1,
  kernel(inputs, [period], [out]) {
    placeInRange(inputs, period, out)
    for (let i = period - 1; i < out.length; i++) out[i] -= 100
  },
}
