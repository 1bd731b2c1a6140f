import { resumEvery } from './resum-every.js'

/**
 * Mean and standard deviation of the last `period` values, from `from + period − 1` on (NaN before); exactly 0 where they
 * are all equal. Sums are of distances from a recent mean, so that a level far above the moves costs no digits. A window
 * with a NaN is NaN.
 * @param ddof the divisor is `period − ddof`
 */
export function rollingDeviation(
  values: Float64Array,
  period: number,
  ddof: 0 | 1,
  mean: Float64Array,
  deviation: Float64Array,
  from = 0,
): void {
  const every = resumEvery(period)
  let anchor = 0
  let sum = 0
  let squares = 0
  let held = 0
  let age = 0
  let equal = 0
  for (let i = from; i < values.length; i++) {
    const value = values[i]
    if (value !== value) held = 0
    else held++
    if (held < period) {
      equal = held > 1 && value === values[i - 1] ? equal + 1 : 1
      mean[i] = Number.NaN
      deviation[i] = Number.NaN
      continue
    }
    equal = held > 1 && value === values[i - 1] ? equal + 1 : 1
    if (held === period || ++age === every) {
      age = 0
      let total = 0
      for (let j = i - period + 1; j <= i; j++) total += values[j]
      anchor = total / period
      sum = 0
      squares = 0
      for (let j = i - period + 1; j <= i; j++) {
        const distance = values[j] - anchor
        sum += distance
        squares += distance * distance
      }
    } else {
      const entering = value - anchor
      const leaving = values[i - period] - anchor
      sum += entering - leaving
      squares += entering * entering - leaving * leaving
    }
    const centre = sum / period
    mean[i] = equal >= period ? value : anchor + centre
    deviation[i] = equal >= period ? 0 : Math.sqrt(Math.max(0, squares - sum * centre) / (period - ddof))
  }
}
