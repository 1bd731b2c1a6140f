import { ContangoError } from '../kernel/errors.js'
import { barTimeText, type PriceBars } from './price-bars.js'

/**
 * Refuses bars that no market can have made: a missing price, a high below its low, time that does not go forward. Returns how
 * many bars open or close outside their own range: settlements do, so that these are told and not refused.
 */
export function checkBars({ timeMs, open, high, low, close }: PriceBars): { outsideRange: number } {
  let outsideRange = 0
  for (let i = 0; i < timeMs.length; i++) {
    const date = (): string => barTimeText(timeMs[i])
    if (!Number.isFinite(open[i] + high[i] + low[i] + close[i])) {
      throw refusedBar(
        'BAR_INCOMPLETE',
        `the bar of ${date()} lacks a price`,
        date(),
        'take the bar out, or fill it in',
      )
    }
    if (low[i] > high[i]) {
      const message = `the bar of ${date()} has its low ${low[i]} above its high ${high[i]}`
      throw refusedBar('BAR_UPSIDE_DOWN', message, date(), 'correct the bar')
    }
    if (i > 0 && !(timeMs[i] > timeMs[i - 1])) {
      const what = timeMs[i] === timeMs[i - 1] ? 'stands twice' : 'comes after a later one'
      throw refusedBar('BARS_UNORDERED', `the bar of ${date()} ${what}`, date(), 'one bar a time, oldest first')
    }
    if (open[i] > high[i] || open[i] < low[i] || close[i] > high[i] || close[i] < low[i]) outsideRange++
  }
  return { outsideRange }
}

function refusedBar(code: string, message: string, date: string, hint: string): ContangoError {
  return new ContangoError('refused', code, message, hint, { date })
}
