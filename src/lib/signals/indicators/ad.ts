import type { Indicator } from './indicator.js'

export const ad: Indicator = {
  name: 'ad',
  title: 'Accumulation/distribution line',
  formula: 'running sum of volume·((close − low) − (high − close))/(high − low); a bar without range adds nothing',
  unit: 'lots',
  panel: 'own',
  inputs: ['high', 'low', 'close', 'volume'],
  parameters: [],
  outputs: ['ad'],
  warmUp: () => 0,
  kernel([high, low, close, volume], _params, [out]) {
    let total = 0
    for (let i = 0; i < close.length; i++) {
      const range = high[i] - low[i]
      if (range > 0) total += (volume[i] * (close[i] - low[i] - (high[i] - close[i]))) / range
      out[i] = total
    }
  },
}
