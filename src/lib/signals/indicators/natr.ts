import { averageTrueRange } from './atr.js'
import { bars, type Indicator } from './indicator.js'

export const natr: Indicator = {
  name: 'natr',
  title: 'Average true range in per cent of the close',
  formula: '100·ATR/close; undefined where the close is not above zero',
  unit: 'percent',
  panel: 'own',
  divides: true,
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14, 1)],
  outputs: ['natr'],
  warmUp: ([period]) => period,
  kernel(inputs, [period], [out]) {
    const [, , close] = inputs
    averageTrueRange(inputs, period, out)
    for (let i = period; i < close.length; i++) out[i] = close[i] > 0 ? (100 * out[i]) / close[i] : Number.NaN
  },
}
