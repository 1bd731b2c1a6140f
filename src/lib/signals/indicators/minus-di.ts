import { directionalMovement } from './directional-movement.js'
import { bars, type Indicator } from './indicator.js'

export const minusDi: Indicator = {
  name: 'minus-di',
  title: 'Directional indicator, down (−DI)',
  formula: '100·(−DM)/TR under Wilder’s smoothing; −DM is the fall of the low where it exceeds the rise of the high',
  unit: 'percent',
  panel: 'own',
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14)],
  outputs: ['minus_di'],
  warmUp: ([period]) => period,
  kernel: (inputs, [period], [out]) => directionalMovement(inputs, period, 'minus', out),
}
