import { bars, type Indicator } from './indicator.js'

/** Bars since the greatest of the last `period` + 1 values, the latest of equals; as 100 · (period − bars) / period. */
function recency(values: Float64Array, sign: 1 | -1, period: number, out: Float64Array): void {
  // Candidates in a ring, best first: each later one is worse than those before it.
  const ring = new Int32Array(period + 1)
  const size = period + 1
  let head = 0
  let held = 0
  for (let i = 0; i < values.length; i++) {
    const value = sign * values[i]
    while (held > 0 && sign * values[ring[(head + held - 1) % size]] <= value) held--
    if (held > 0 && ring[head] < i - period) {
      head = (head + 1) % size
      held--
    }
    ring[(head + held) % size] = i
    held++
    if (i >= period) out[i] = (100 * (period - (i - ring[head]))) / period
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
