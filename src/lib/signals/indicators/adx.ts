import { directionalMovement } from './directional-movement.js'
import { bars, type Indicator } from './indicator.js'

/**
 * Wilder's mean of 100·|+DI − −DI|/(+DI + −DI), first at bar 2·period − 1. A bar without directional movement leaves it
 * where it was.
 */
export function averageDirectionalIndex(inputs: readonly Float64Array[], period: number, out: Float64Array): void {
  directionalMovement(inputs, period, 'difference', out)
  const weight = 1 / period
  const first = 2 * period - 1
  let level = 0
  for (let i = period; i <= first; i++) level += weight * (out[i] === out[i] ? out[i] : 0)
  out[first] = level
  for (let i = first + 1; i < out.length; i++) {
    const difference = out[i]
    if (difference === difference) level += weight * (difference - level)
    out[i] = level
  }
}

export const adx: Indicator = {
  name: 'adx',
  title: 'Average directional index',
  formula: '100·|+DI − −DI|/(+DI + −DI) smoothed by a += (x − a)/n, seeded with the mean of its first n',
  unit: 'percent',
  panel: 'own',
  levels: [25],
  inputs: ['high', 'low', 'close'],
  parameters: [bars('period', 14)],
  outputs: ['adx'],
  warmUp: ([period]) => 2 * period - 1,
  kernel: (inputs, [period], [out]) => averageDirectionalIndex(inputs, period, out),
}
