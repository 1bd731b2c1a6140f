import type { Indicator } from './indicator.js'

export const obv: Indicator = {
  name: 'obv',
  title: 'On-balance volume',
  formula: 'running sum of volume, + on a higher close, − on a lower one; starts at the first volume',
  unit: 'lots',
  panel: 'own',
  inputs: ['close', 'volume'],
  parameters: [],
  outputs: ['obv'],
  warmUp: () => 0,
  kernel([close, volume], _params, [out]) {
    let total = volume[0]
    out[0] = total
    for (let i = 1; i < close.length; i++) {
      if (close[i] > close[i - 1]) total += volume[i]
      else if (close[i] < close[i - 1]) total -= volume[i]
      out[i] = total
    }
  },
}
