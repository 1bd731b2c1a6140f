import { quickselect } from '../../kernel/quickselect.js'

/** Which third of its own history the volatility of the instrument was in, bar by bar. */
export interface VolatilityRegimes {
  /** 0 low, 1 middle, 2 high; −1 before the window is full. */
  readonly regime: Int8Array
  /** Standard deviation of a bar's price change at which the middle and the high third begin, price units. */
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
  // The sums slide about the window's first change, and are made anew every window: rounding does not add up.
  let anchor = 0
  let sum = 0
  let squares = 0
  for (let bar = window + 1; bar < n; bar++) {
    if ((bar - 1) % window === 0 || bar === window + 1) {
      anchor = close[bar - window] - close[bar - window - 1]
      sum = 0
      squares = 0
      for (let k = bar - window; k < bar; k++) {
        const change = close[k] - close[k - 1] - anchor
        sum += change
        squares += change * change
      }
    } else {
      const added = close[bar - 1] - close[bar - 2] - anchor
      const left = close[bar - window - 1] - close[bar - window - 2] - anchor
      sum += added - left
      squares += added * added - left * left
    }
    before[bar] = Math.sqrt(Math.max(0, squares - (sum * sum) / window) / (window - 1))
  }
  const values = before.slice(window + 1)
  const bounds = [third(values, 1), third(values, 2)] as const
  const regime = new Int8Array(n).fill(-1)
  for (let bar = window + 1; bar < n; bar++) {
    const sd = before[bar]
    regime[bar] = sd < bounds[0] ? 0 : sd < bounds[1] ? 1 : 2
  }
  return { regime, bounds }
}

/** Type 7 quantile of one or two thirds; rearranges the values. */
function third(values: Float64Array, thirds: number): number {
  const h = ((values.length - 1) * thirds) / 3
  const below = Math.floor(h)
  const low = quickselect(values, below)
  if (below + 1 >= values.length || h === below) return low
  let next = Infinity
  for (let i = below + 1; i < values.length; i++) if (values[i] < next) next = values[i]
  return low + (h - below) * (next - low)
}
