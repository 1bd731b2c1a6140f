import { quickselect } from '../../kernel/quickselect.js'
import { rollingDeviation } from '../../signals/rolling/rolling-deviation.js'

/** Bounds are renewed when the history has grown by so much: often enough, and a million bars are looked through three times. */
const GROWTH = 1.5

/** Which third of its own past the volatility of the instrument was in, bar by bar. */
export interface VolatilityRegimes {
  /** 0 low, 1 middle, 2 high; −1 before 3 × window bars. */
  readonly regime: Int8Array
  /** The last bounds: standard deviation of a bar's price change above which the middle and the high third lie, price units. */
  readonly bounds: readonly [number, number]
}

/**
 * Volatility before each bar: the standard deviation (ddof 1) of the last `window` changes of the close up to the bar before, so
 * that what a bar did is not in it. Changes and not returns: prices may be zero, and levels may be adjusted. The thirds are those
 * of the deviations until then (quantiles of type 7), renewed whenever the history has grown by half: an order that fills in a
 * bar could know its regime when it was decided.
 * @returns null where there are no more than 3 × window bars
 */
export function volatilityRegimes(close: Float64Array, window: number): VolatilityRegimes | null {
  const n = close.length
  if (n <= 3 * window) return null
  const changes = new Float64Array(n)
  for (let bar = 1; bar < n; bar++) changes[bar] = close[bar] - close[bar - 1]
  const until = new Float64Array(n)
  rollingDeviation(changes, window, 1, new Float64Array(n), until, 1)
  const regime = new Int8Array(n).fill(-1)
  let bounds = [Number.NaN, Number.NaN] as readonly [number, number]
  let from = 3 * window
  while (from < n) {
    bounds = thirdsOf(until.slice(window, from))
    // Deviations nearer than rounding are one: a market that repeats itself is in one regime.
    const low = bounds[0] * (1 + 1e-9)
    const high = bounds[1] * (1 + 1e-9)
    const end = Math.min(n, Math.ceil(from * GROWTH))
    for (let bar = from; bar < end; bar++) {
      const sd = until[bar - 1]
      regime[bar] = sd !== sd ? -1 : sd <= low ? 0 : sd <= high ? 1 : 2
    }
    from = end
  }
  return { regime, bounds }
}

/** Bounds of the thirds of values, which it rearranges. */
function thirdsOf(values: Float64Array): readonly [number, number] {
  const lowest = selectedQuantile(values, 1 / 3, 0)
  return [lowest, selectedQuantile(values, 2 / 3, Math.floor((values.length - 1) / 3))]
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
