import { sessionDayOf, type PriceBars } from './price-bars.js'

/** Sessions in a year. */
const SESSIONS = 252
/** Steps between bars in days, up to which their number a year is told: weeks, months, quarters, years. */
const STEPS = [
  { from: 5, through: 10, bars: 52 },
  { from: 25, through: 35, bars: 12 },
  { from: 80, through: 100, bars: 4 },
  { from: 350, through: 380, bars: 1 },
] as const
const LONGEST_STEP = 400

/**
 * Bars in a year by their own calendar: 252 of a day each, whichever days are left out; of bars within a day 252 × the mean number
 * in a session, the first and the last of which may be parts of one; 52, 12, 4 or 1 where most of them are a week, a month, a quarter or a year apart.
 */
export function barsPerYear(bars: Pick<PriceBars, 'timeMs' | 'sessionDay'>): number {
  const count = bars.timeMs.length
  if (count < 3) return SESSIONS
  const steps = new Int32Array(LONGEST_STEP + 1)
  let sessions = 1
  let before = sessionDayOf(bars, 0)
  let firstOfSecond = 0
  let firstOfLast = 0
  for (let bar = 1; bar < count; bar++) {
    const day = sessionDayOf(bars, bar)
    if (day === before) continue
    sessions++
    if (sessions === 2) firstOfSecond = bar
    firstOfLast = bar
    steps[Math.min(LONGEST_STEP, day - before)]++
    before = day
  }
  if (sessions < count) {
    return SESSIONS * (sessions > 2 ? (firstOfLast - firstOfSecond) / (sessions - 2) : count / sessions)
  }
  let median = 0
  for (let passed = steps[0]; 2 * passed < sessions - 1; passed += steps[median]) median++
  return STEPS.find(({ from, through }) => median >= from && median <= through)?.bars ?? SESSIONS
}
