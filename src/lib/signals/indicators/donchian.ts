import { rollingMaximum, rollingMinimum } from '../rolling/rolling-extreme.js'
import { bars, type Indicator } from './indicator.js'

export const donchian: Indicator = {
  name: 'donchian',
  title: 'Donchian channel',
  formula: 'highest high and lowest low of the last n bars, today’s included, and their mean',
  unit: 'price',
  panel: 'price',
  inputs: ['high', 'low'],
  parameters: [bars('period', 20)],
  outputs: ['donchian_upper', 'donchian_middle', 'donchian_lower'],
  warmUp: ([period]) => period - 1,
  kernel([high, low], [period], [upper, middle, lower]) {
    rollingMaximum(high, period, upper)
    rollingMinimum(low, period, lower)
    for (let i = 0; i < high.length; i++) middle[i] = (upper[i] + lower[i]) / 2
  },
}
