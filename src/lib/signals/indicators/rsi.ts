import { bars, type Indicator } from './indicator.js'

/**
 * 100 · gain / (gain + loss) under Wilder's smoothing; NaN while no close has differed from the one before.
 * Kept as net = gain − loss and path = gain + loss, which take no branch on the sign of a change: 50 + 50 · net / path.
 */
export function relativeStrength(close: Float64Array, period: number, out: Float64Array): void {
  let net = 0
  let path = 0
  for (let i = 1; i <= period; i++) {
    const change = close[i] - close[i - 1]
    net += change
    path += Math.abs(change)
  }
  net /= period
  path /= period
  out[period] = 50 + (50 * net) / path
  const weight = 1 / period
  const kept = 1 - weight
  let before = close[period]
  for (let i = period + 1; i < close.length; i++) {
    const price = close[i]
    const change = price - before
    before = price
    net = kept * net + weight * change
    path = kept * path + weight * Math.abs(change)
    out[i] = 50 + (50 * net) / path
  }
}

export const rsi: Indicator = {
  name: 'rsi',
  title: 'Relative strength index, Wilder',
  formula: '100·gain/(gain + loss), each smoothed by a += (x − a)/n, seeded with the mean of the first n changes',
  unit: 'percent',
  panel: 'own',
  levels: [30, 70],
  inputs: ['close'],
  parameters: [bars('period', 14)],
  outputs: ['rsi'],
  warmUp: ([period]) => period,
  kernel: ([close], [period], [out]) => relativeStrength(close, period, out),
}
