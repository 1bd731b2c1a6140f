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
  const before = new Float64Array(n).fill(Number.NaN)
  const changes = new Float64Array(n)
  for (let bar = 1; bar < n; bar++) changes[bar] = close[bar] - close[bar - 1]
  const until = new Float64Array(n)
  rollingDeviation(changes, window, 1, new Float64Array(n), until, 1)
  before.set(until.subarray(window, n - 1), window + 1)
  const known = before.slice(window + 1)
  const bounds = [selectedQuantile(known, 1 / 3), selectedQuantile(known, 2 / 3)] as const
  // Deviations nearer than rounding are one: a market that repeats itself is in one regime.
  const [low, high] = bounds.map((bound) => bound * (1 + 1e-9))
  const regime = new Int8Array(n)
  for (let bar = 0; bar < n; bar++) {
    const sd = before[bar]
    regime[bar] = sd !== sd ? -1 : sd <= low ? 0 : sd <= high ? 1 : 2
  }
  return { regime, bounds }
}

/** Quantile of type 7 of values in any order, which it rearranges. */
function selectedQuantile(values: Float64Array, probability: number): number {
  const h = (values.length - 1) * probability
  const below = Math.floor(h)
  const low = quickselect(values, below)
  // What stands behind a selected value is no smaller: the next order statistic is the least of it.
  let next = Infinity
  for (let i = below + 1; i < values.length; i++) if (values[i] < next) next = values[i]
  return low + (h - below) * (next - low)
}
