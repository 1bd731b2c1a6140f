import { bars, type Indicator } from './indicator.js'

/** 100 · gain / (gain + loss) under Wilder's smoothing; NaN while no close has differed from the one before. */
export function relativeStrength(close: Float64Array, period: number, out: Float64Array): void {
  let gain = 0
  let loss = 0
  for (let i = 1; i <= period; i++) {
    const change = close[i] - close[i - 1]
    if (change > 0) gain += change
    else loss -= change
  }
  gain /= period
  loss /= period
  out[period] = (100 * gain) / (gain + loss)
  const weight = 1 / period
  const kept = 1 - weight
  let before = close[period]
  for (let i = period + 1; i < close.length; i++) {
    const price = close[i]
    const change = price - before
    before = price
    gain = kept * gain + weight * Math.max(change, 0)
    loss = kept * loss + weight * Math.max(-change, 0)
    out[i] = (100 * gain) / (gain + loss)
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
