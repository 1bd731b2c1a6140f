import { rollingDeviation } from './rolling/rolling-deviation.js'

/** Mean, deviation (ddof 1) and (value − mean) ÷ deviation of the last `window` values, the value itself included. */
export interface RollingPlace {
  readonly mean: Float64Array
  readonly deviation: Float64Array
  /** NaN before `window` values, and where they do not vary. */
  readonly zScore: Float64Array
}

export function rollingPlace(values: Float64Array, window: number): RollingPlace {
  const mean = new Float64Array(values.length)
  const deviation = new Float64Array(values.length)
  rollingDeviation(values, window, 1, mean, deviation)
  const zScore = values.map((value, i) => (deviation[i] > 1e-9 ? (value - mean[i]) / deviation[i] : Number.NaN))
  return { mean, deviation, zScore }
}
