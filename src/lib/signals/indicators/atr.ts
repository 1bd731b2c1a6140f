import { bars, type Indicator } from './indicator.js'

/** Wilder's mean of the true range, first at bar `period`. */
export function averageTrueRange([high, low, close]: readonly Float64Array[], period: number, out: Float64Array): void {
  let level = 0
  for (let i = 1; i <= period; i++) level += Math.max(high[i], close[i - 1]) - Math.min(low[i], close[i - 1])
  level /= period
  out[period] = level
  const weight = 1 / period
  let before = close[period]
  for (let i = period + 1; i < close.length; i++) {
    level += weight * (Math.max(high[i], before) - Math.min(low[i], before) - level)
    before = close[i]
    out[i] = level
  }
}

export const atr: Indicator = {
  name: 'atr',
  title: 'Average true range',
  formula: 'true range smoothed by a += (x − a)/n, seeded with the mean of the first n true ranges',
  unit: 'price',
  panel: 'own',
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14, 1)],
  outputs: ['atr'],
  warmUp: ([period]) => period,
  kernel: (inputs, [period], [out]) => averageTrueRange(inputs, period, out),
}
