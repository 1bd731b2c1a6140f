import type { TickColumns } from '../dataset.js'
import type { Gated } from '../quality.js'
import { keptRows, rowGate } from './row-gate.js'

/**
 * Looks at every quote. Dropped: one without last, bid and ask, which says nothing. Kept with a flag: a bid above its ask, which
 * real feeds show for a moment.
 */
export function gateTicks(columns: TickColumns): Gated<TickColumns> {
  const { ticker, day, timeMs, last, change, bid, ask, stale } = columns
  const gate = rowGate(ticker, day.length)
  for (let row = 0; row < day.length; row++) {
    if (Number.isNaN(last[row]) && Number.isNaN(bid[row]) && Number.isNaN(ask[row])) {
      gate.drop(row, day[row], ticker, Number.NaN, 'not-a-number')
    } else if (bid[row] > ask[row]) gate.flag(day[row], 'bid above ask', bid[row] - ask[row], 'crossed')
  }
  const { stays } = gate
  const kept = {
    ...columns,
    day: keptRows(day, stays),
    timeMs: keptRows(timeMs, stays),
    last: keptRows(last, stays),
    change: keptRows(change, stays),
    bid: keptRows(bid, stays),
    ask: keptRows(ask, stays),
    stale: keptRows(stale, stays),
  }
  return { kept, findings: gate.findings }
}
