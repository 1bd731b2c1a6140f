import { ContangoError } from '../kernel/errors.js'
import { barTimeText, isWholeDay, type PriceBars } from './price-bars.js'

const DAY_MS = 86_400_000
/** Calendar days between two daily bars from which on a gap is told: no holiday is as long. */
const LONG_GAP_DAYS = 8

/** What is odd about bars and no reason to refuse them. */
export interface BarRemarks {
  /** Bars that open or close outside their own range: settlements do. */
  readonly outsideRange: number
  /** Gaps between bars of one day each that no holiday explains, and the last bar before the longest. */
  readonly gaps: number
  readonly longestGapDays: number
  readonly longestGapBar: number
}

/**
 * Refuses bars that no market can have made: a missing price, a high below its low, time that does not go forward. Returns what is
 * odd about the rest.
 */
export function checkBars({ timeMs, open, high, low, close }: PriceBars): BarRemarks {
  const bars = timeMs.length
  let outsideRange = 0
  let gaps = 0
  let longestGapMs = 0
  let longestGapBar = -1
  let wholeDays = true
  for (let i = 0; i < bars; i++) {
    const o = open[i]
    const h = high[i]
    const l = low[i]
    const c = close[i]
    const sum = o + h + l + c
    const step = i === 0 ? 1 : timeMs[i] - timeMs[i - 1]
    // A sum with a NaN or an infinity in it is none.
    if (!(sum - sum === 0 && l <= h && step > 0)) throw refusedBar(i, timeMs, [o, h, l, c])
    if (o > h || o < l || c > h || c < l) outsideRange++
    if (!isWholeDay(timeMs[i])) wholeDays = false
    if (step < LONG_GAP_DAYS * DAY_MS) continue
    gaps++
    if (step > longestGapMs) {
      longestGapMs = step
      longestGapBar = i - 1
    }
  }
  // Weekly and monthly bars are all gaps.
  const odd = wholeDays && bars > 20 && gaps < bars / 10
  return {
    outsideRange,
    gaps: odd ? gaps : 0,
    longestGapDays: odd ? longestGapMs / DAY_MS : 0,
    longestGapBar: odd ? longestGapBar : -1,
  }
}

function refusedBar(bar: number, timeMs: Float64Array, prices: readonly number[]): ContangoError {
  const date = barTimeText(timeMs[bar])
  const refused = (code: string, message: string, hint: string): ContangoError =>
    new ContangoError('refused', code, `the bar of ${date} ${message}`, hint, { date })
  const [, high, low] = prices
  if (!prices.every(Number.isFinite)) {
    return refused('BAR_INCOMPLETE', 'lacks a price', 'take the bar out, or fill it in')
  }
  if (low > high) return refused('BAR_UPSIDE_DOWN', `has its low ${low} above its high ${high}`, 'correct the bar')
  const what = timeMs[bar] === timeMs[bar - 1] ? 'stands twice' : 'comes after a later one'
  return refused('BARS_UNORDERED', what, 'one bar a time, oldest first')
}
