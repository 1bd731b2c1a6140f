import { resumEvery } from './resum-every.js'

/** Mean of the last `period` values, from `from + period − 1` on. A NaN among them is NaN, and leaves no trace after it. */
export function rollingMean(values: Float64Array, period: number, out: Float64Array, from = 0): void {
  const { length } = values
  const every = resumEvery(period)
  // the first bar of the window that is summed afresh; bars before `next` have their mean
  let start = from
  let next = from
  while (start + period <= length) {
    const full = start + period - 1
    let sum = 0
    let missing = -1
    for (let i = start; i <= full; i++) {
      if (values[i] !== values[i]) missing = i
      sum += values[i]
    }
    if (missing >= 0) {
      start = missing + 1
      continue
    }
    while (next < full) out[next++] = Number.NaN
    out[full] = sum / period
    const end = Math.min(full + every, length)
    let i = full + 1
    for (; i < end; i++) {
      sum += values[i] - values[i - period]
      if (sum !== sum) break
      out[i] = sum / period
    }
    next = i
    start = i < end ? i + 1 : i - period + 1
  }
  while (next < length) out[next++] = Number.NaN
}
