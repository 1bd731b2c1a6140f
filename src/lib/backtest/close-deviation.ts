import { rollingDeviation } from '../signals/rolling/rolling-deviation.js'
import type { IndicatorCache } from './indicator-cache.js'

/** Mean and standard deviation of the last `window` closes; the divisor is `window − ddof`. */
export function closeDeviation(
  close: Float64Array,
  window: number,
  ddof: 0 | 1,
  cached: IndicatorCache,
): readonly Float64Array[] {
  return cached(`deviation:close:${window}:${ddof}`, () => {
    const mean = new Float64Array(close.length)
    const deviation = new Float64Array(close.length)
    rollingDeviation(close, window, ddof, mean, deviation)
    return [mean, deviation]
  })
}
