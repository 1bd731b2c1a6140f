import type { EpochDay } from '../kernel/day.js'
import { measured, unmeasured, type Measured } from './measured.js'

export interface RangePosition {
  readonly low: number
  readonly lowDay: EpochDay
  readonly high: number
  readonly highDay: EpochDay
  /** (last − low) ÷ (high − low): 0 at the low, 1 at the high. */
  readonly position: Measured
}

/**
 * Where the settlement at `end` stands between the lowest and the highest of the last `window` settlements, itself
 * included, as quoted: rank against rank, not adjusted for rolls. NaN entries (no settlement) are passed over.
 * Of equal extremes the latest day is named.
 * @returns null with fewer than `window` days
 */
export function rangePosition(
  days: Int32Array,
  settlement: Float64Array,
  end: number,
  window: number,
): RangePosition | null {
  if (end + 1 < window || end < 0) return null
  let low = -1
  let high = -1
  for (let i = end - window + 1; i <= end; i++) {
    if (Number.isNaN(settlement[i])) continue
    if (low < 0 || settlement[i] <= settlement[low]) low = i
    if (high < 0 || settlement[i] >= settlement[high]) high = i
  }
  if (low < 0) return null
  const width = settlement[high] - settlement[low]
  return {
    low: settlement[low],
    lowDay: days[low],
    high: settlement[high],
    highDay: days[high],
    position:
      width > 0
        ? measured((settlement[end] - settlement[low]) / width)
        : unmeasured('the price did not move in the range'),
  }
}
