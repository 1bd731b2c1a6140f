import type { Bars } from './indicator.js'

/** Bars of which only the close is looked at. */
export function closeOnly(close: Float64Array): Bars {
  return { open: close, high: close, low: close, close, volume: close }
}
