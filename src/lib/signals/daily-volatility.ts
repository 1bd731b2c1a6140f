import { rollingDeviation } from './rolling/rolling-deviation.js'

/**
 * Standard deviation (ddof 1) of the last `window` daily changes, in price units: contract-true, so that it is the same
 * at any level. NaN before day `window`, and 0 where nothing moved.
 */
export function dailyVolatility(close: Float64Array, window: number): Float64Array {
  const change = new Float64Array(close.length).fill(Number.NaN)
  for (let i = 1; i < close.length; i++) change[i] = close[i] - close[i - 1]
  const deviation = new Float64Array(close.length)
  rollingDeviation(change, window, 1, new Float64Array(close.length), deviation)
  return deviation
}
