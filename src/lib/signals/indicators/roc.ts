import { bars, type Indicator } from './indicator.js'

export const roc: Indicator = {
  name: 'roc',
  title: 'Rate of change',
  formula: '100·(close/close n ago − 1); undefined where the close n ago is not above zero',
  unit: 'percent',
  panel: 'own',
  levels: [0],
  divides: true,
  inputs: ['close'],
  parameters: [bars('period', 10, 1)],
  outputs: ['roc'],
  warmUp: ([period]) => period,
  kernel([close], [period], [out]) {
    for (let i = period; i < close.length; i++) {
      const base = close[i - period]
      out[i] = base > 0 ? 100 * (close[i] / base - 1) : Number.NaN
    }
  },
}
