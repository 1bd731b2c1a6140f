import { rollingDeviation } from '../signals/rolling/rolling-deviation.js'
import type { TradedLeg } from './traded-instrument.js'

/** Bars before a fill whose moves and volumes say what it costs. */
export const COST_WINDOW = 20

/** Change of the contract held into each bar, from close to close: a roll gap is in none. NaN on the first bar. */
function changesOf({ close, rolls }: TradedLeg): Float64Array {
  const changes = new Float64Array(close.length)
  for (let i = 1; i < changes.length; i++) changes[i] = close[i] - close[i - 1]
  for (const { bar, toPrice } of rolls) if (bar + 1 < changes.length) changes[bar + 1] = close[bar + 1] - toPrice
  if (changes.length > 0) changes[0] = Number.NaN
  return changes
}

/**
 * Standard deviation (ddof 1) of the last 20 changes before each bar, in price units: of those there are at the start, and 0 where
 * there are fewer than two.
 */
export function volatilityBefore(leg: TradedLeg): Float64Array {
  const changes = changesOf(leg)
  const bars = changes.length
  const until = new Float64Array(bars)
  rollingDeviation(changes, COST_WINDOW, 1, new Float64Array(bars), until)
  const before = new Float64Array(bars)
  for (let bar = 1; bar < bars; bar++) {
    before[bar] = bar > COST_WINDOW ? until[bar - 1] : deviationOf(changes.subarray(1, bar))
  }
  return before
}

function deviationOf(values: Float64Array): number {
  if (values.length < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/** Mean volume of the last 20 bars before each bar that have one; 0 where none has. */
export function volumeBefore(volume: Float64Array): Float64Array {
  const before = new Float64Array(volume.length)
  for (let bar = 0; bar < volume.length; bar++) {
    let sum = 0
    let count = 0
    for (let i = Math.max(0, bar - COST_WINDOW); i < bar; i++) {
      if (!(volume[i] >= 0)) continue
      sum += volume[i]
      count++
    }
    before[bar] = count === 0 ? 0 : sum / count
  }
  return before
}
