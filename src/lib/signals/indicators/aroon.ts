import { bars, type Indicator } from './indicator.js'

/** Bars since the greatest of the last `period` + 1 values, the latest of equals; as 100 · (period − bars) / period. */
function recency(values: Float64Array, sign: 1 | -1, period: number, out: Float64Array): void {
  // Candidates, best first: each later one is worse than those before it.
  const queue = new Int32Array(values.length)
  let head = 0
  let tail = 0
  for (let i = 0; i < values.length; i++) {
    const value = sign * values[i]
    while (tail > head && sign * values[queue[tail - 1]] <= value) tail--
    queue[tail++] = i
    if (queue[head] < i - period) head++
    if (i >= period) out[i] = (100 * (period - (i - queue[head]))) / period
  }
}

export const aroon: Indicator = {
  name: 'aroon',
  title: 'Aroon',
  formula: '100·(n − bars since the highest high (up) or lowest low (down) of n + 1 bars)/n; the latest of equals',
  unit: 'percent',
  panel: 'own',
  levels: [30, 70],
  inputs: ['high', 'low'],
  parameters: [bars('period', 14)],
  outputs: ['aroon_up', 'aroon_down'],
  warmUp: ([period]) => period,
  kernel([high, low], [period], [up, down]) {
    recency(high, 1, period, up)
    recency(low, -1, period, down)
  },
}
