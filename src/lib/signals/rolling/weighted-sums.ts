import { resumEvery } from './resum-every.js'

/**
 * For each window of `period` values: their sum, and their sum weighted 0 for the oldest to `period − 1` for the
 * newest. Both are of distances from `values[0]`.
 */
export function weightedSums(
  values: Float64Array,
  period: number,
  each: (at: number, sum: number, weighted: number, anchor: number) => void,
): void {
  const every = resumEvery(period)
  const anchor = values[0]
  let sum = 0
  let weighted = 0
  let age = every
  for (let i = period - 1; i < values.length; i++) {
    if (age === every) {
      age = 0
      sum = 0
      weighted = 0
      for (let j = 0; j < period; j++) {
        const value = values[i - period + 1 + j] - anchor
        sum += value
        weighted += j * value
      }
    } else {
      const leaving = values[i - period] - anchor
      const entering = values[i] - anchor
      weighted += (period - 1) * entering - (sum - leaving)
      sum += entering - leaving
    }
    age++
    each(i, sum, weighted, anchor)
  }
}
