import { resumEvery } from '../rolling/resum-every.js'
import { bars, type Indicator } from './indicator.js'

const FAST = 2 / (2 + 1)
const SLOW = 2 / (30 + 1)

export const kama: Indicator = {
  name: 'kama',
  title: 'Kaufman adaptive moving average',
  formula:
    'k += c²·(close − k), c between 2/31 and 2/3 by |close − close n ago| / Σ|change|; starts from the close before; ' +
    'prices that stood still count as a trend',
  unit: 'price',
  panel: 'price',
  inputs: ['close'],
  parameters: [bars('period', 10)],
  outputs: ['kama'],
  warmUp: ([period]) => period,
  kernel([close], [period], [out]) {
    const every = resumEvery(period)
    let level = close[period - 1]
    let path = 0
    let age = every
    for (let i = period; i < close.length; i++) {
      if (age === every) {
        age = 0
        path = 0
        for (let j = i - period + 1; j <= i; j++) path += Math.abs(close[j] - close[j - 1])
      } else path += Math.abs(close[i] - close[i - 1]) - Math.abs(close[i - period] - close[i - period - 1])
      age++
      const distance = Math.abs(close[i] - close[i - period])
      // rounding may leave the path a hair below the distance, or below zero where nothing moved
      const efficiency = path <= distance ? 1 : distance / path
      const pace = efficiency * (FAST - SLOW) + SLOW
      level += pace * pace * (close[i] - level)
      out[i] = level
    }
  },
}
