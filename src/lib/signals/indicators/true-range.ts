import { trueRange as trueRangeInto } from '../rolling/true-range.js'
import type { Indicator } from './indicator.js'

export const trueRange: Indicator = {
  name: 'true-range',
  title: 'True range',
  formula: 'max(high, close before) − min(low, close before)',
  unit: 'price',
  panel: 'own',
  inputs: ['high', 'low', 'close'],
  parameters: [],
  outputs: ['true_range'],
  warmUp: () => 1,
  kernel([high, low, close], _params, [out]) {
    trueRangeInto(high, low, close, out)
  },
}
