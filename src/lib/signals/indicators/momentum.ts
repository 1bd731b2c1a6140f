import { bars, type Indicator } from './indicator.js'

export const momentum: Indicator = {
  name: 'momentum',
  title: 'Momentum',
  formula: 'close − close n ago',
  unit: 'price',
  panel: 'own',
  levels: [0],
  inputs: ['close'],
  parameters: [bars('period', 10, 1)],
  outputs: ['momentum'],
  warmUp: ([period]) => period,
  kernel([close], [period], [out]) {
    for (let i = period; i < close.length; i++) out[i] = close[i] - close[i - period]
  },
}
