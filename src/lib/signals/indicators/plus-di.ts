import { directionalMovement } from './directional-movement.js'
import { bars, type Indicator } from './indicator.js'

export const plusDi: Indicator = {
  name: 'plus-di',
  title: 'Directional indicator, up (+DI)',
  formula: '100·(+DM)/TR under Wilder’s smoothing; +DM is the rise of the high where it exceeds the fall of the low',
  unit: 'percent',
  panel: 'own',
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14)],
  outputs: ['plus_di'],
  warmUp: ([period]) => period,
  kernel: (inputs, [period], [out]) => directionalMovement(inputs, period, 'plus', out),
}
