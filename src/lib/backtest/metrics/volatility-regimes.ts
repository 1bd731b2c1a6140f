import { quickselect } from '../../kernel/quickselect.js'
import { rollingDeviation } from '../../signals/rolling/rolling-deviation.js'

/** Which third of its own history the volatility of the instrument was in, bar by bar. */
export interface VolatilityRegimes {
  /** 0 low, 1 middle, 2 high; −1 before the window is full. */
  readonly regime: Int8Array
  /** Standard deviation of a bar's price change above which the middle and the high third lie, price units. */
  readonly bounds: readonly [number, number]
}

/**
 * Volatility before each bar: the standard deviation (ddof 1) of the last `window` changes of the close up to the bar before, so
 * that what a bar did is not in it. Changes and not returns: prices may be zero, and levels may be adjusted. The bounds of the
 * thirds are type 7 quantiles of the whole history: known afterwards only, a table and no signal.
 * @returns null where fewer than 3 × window bars leave no thirds
 */
export function volatilityRegimes(close: Float64Array, window: number): VolatilityRegimes | null {
  const n = close.length
  if (n < 3 * window) return null
  const changes = new Float64Array(n)
  for (let bar = 1; bar < n; bar++) changes[bar] = close[bar] - close[bar - 1]
  const until = new Float64Array(n)
  rollingDeviation(changes, window, 1, new Float64Array(n), until, 1)
  const known = until.slice(window, n - 1)
  const lowest = selectedQuantile(known, 1 / 3, 0)
  const bounds = [lowest, selectedQuantile(known, 2 / 3, Math.floor((known.length - 1) / 3))] as const
  // Deviations nearer than rounding are one: a market that repeats itself is in one regime.
  const [low, high] = bounds.map((bound) => bound * (1 + 1e-9))
  const regime = new Int8Array(n).fill(-1, 0, window + 1)
  for (let bar = window + 1; bar < n; bar++) {
    const sd = until[bar - 1]
    regime[bar] = sd !== sd ? -1 : sd <= low ? 0 : sd <= high ? 1 : 2
  }
  return { regime, bounds }
}

/**
 * Quantile of type 7 of values in any order, which it rearranges.
 * @param from what stands before it is known to be no greater than the quantile
 */
function selectedQuantile(values: Float64Array, probability: number, from: number): number {
  const h = (values.length - 1) * probability
  const below = Math.floor(h)
  const low = quickselect(values, below, from, values.length - 1)
  // What stands behind a selected value is no smaller: the next order statistic is the least of it.
  let next = Infinity
  for (let i = below + 1; i < values.length; i++) if (values[i] < next) next = values[i]
  return low + (h - below) * (next - low)
}
