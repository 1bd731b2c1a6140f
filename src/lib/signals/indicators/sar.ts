import type { Indicator } from './indicator.js'

export const sar: Indicator = {
  name: 'sar',
  title: 'Parabolic stop and reverse',
  formula:
    's += a·(extreme − s), a grows by the acceleration with each new extreme up to its maximum; never inside the last two ' +
    'bars; reverses where a bar touches it; starts short if the first move down exceeds the move up',
  unit: 'price',
  panel: 'price',
  inputs: ['high', 'low'],
  parameters: [
    { name: 'acceleration', default: 0.02, min: 0.0001, max: 1, whole: false },
    { name: 'maximum', default: 0.2, min: 0.0001, max: 1, whole: false },
  ],
  outputs: ['sar'],
  warmUp: () => 1,
  conflict: ([acceleration, maximum]) =>
    acceleration <= maximum ? null : `acceleration ${acceleration} is above its maximum ${maximum}`,
  kernel([high, low], [acceleration, maximum], [out]) {
    const fall = low[0] - low[1]
    let long = !(fall > 0 && fall > high[1] - high[0])
    let extreme = long ? high[1] : low[1]
    let stop = long ? low[0] : high[0]
    let pace = acceleration
    let lowBefore = low[1]
    let highBefore = high[1]
    for (let i = 1; i < high.length; i++) {
      const top = high[i]
      const bottom = low[i]
      const touched = long ? bottom <= stop : top >= stop
      if (touched) {
        long = !long
        stop = long ? Math.min(extreme, lowBefore, bottom) : Math.max(extreme, highBefore, top)
        out[i] = stop
        pace = acceleration
        extreme = long ? top : bottom
      } else {
        out[i] = stop
        if (long ? top > extreme : bottom < extreme) {
          extreme = long ? top : bottom
          pace = Math.min(maximum, pace + acceleration)
        }
      }
      stop += pace * (extreme - stop)
      stop = long ? Math.min(stop, lowBefore, bottom) : Math.max(stop, highBefore, top)
      lowBefore = bottom
      highBefore = top
    }
  },
}
