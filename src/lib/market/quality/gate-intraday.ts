import type { IntradayColumns } from '../dataset.js'
import type { Gated } from '../quality.js'
import { keptRows, rowGate } from './row-gate.js'

/**
 * Looks at every bar of some minutes, ascending by time. Dropped: no close, a low above its high. Kept with a flag: a close
 * outside low to high.
 */
export function gateIntraday(columns: IntradayColumns): Gated<IntradayColumns> {
  const { ticker, day, timeMs, open, high, low, close, volume } = columns
  const gate = rowGate(ticker, day.length)
  for (let row = 0; row < day.length; row++) {
    if (!Number.isFinite(close[row])) gate.drop(row, day[row], 'close', close[row], 'not-a-number')
    else if (low[row] > high[row]) gate.drop(row, day[row], 'low', low[row], 'low-above-high')
    else if (close[row] > high[row] || close[row] < low[row]) {
      gate.flag(day[row], 'close', close[row], 'close-outside-range')
    }
  }
  const { stays } = gate
  const kept = {
    ...columns,
    day: keptRows(day, stays),
    timeMs: keptRows(timeMs, stays),
    open: keptRows(open, stays),
    high: keptRows(high, stays),
    low: keptRows(low, stays),
    close: keptRows(close, stays),
    volume: keptRows(volume, stays),
  }
  return { kept, findings: gate.findings }
}
