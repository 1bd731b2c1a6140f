import { resumEvery } from './resum-every.js'

/** Mean of the last `period` values, from `from + period − 1` on. A NaN among them is NaN, and leaves no trace after it. */
export function rollingMean(values: Float64Array, period: number, out: Float64Array, from = 0): void {
  const every = resumEvery(period)
  let sum = 0
  let held = 0
  let age = 0
  for (let i = from; i < values.length; i++) {
    const value = values[i]
    if (value !== value) {
      sum = 0
      held = 0
      out[i] = Number.NaN
    } else if (held < period) {
      sum += value
      held++
      out[i] = held === period ? sum / period : Number.NaN
    } else {
      sum += value - values[i - period]
      if (++age === every) {
        age = 0
        sum = 0
        for (let j = i - period + 1; j <= i; j++) sum += values[j]
      }
      out[i] = sum / period
    }
  }
}
