import { isWeekend } from '../../kernel/day.js'
import type { BarColumns } from '../dataset.js'
import type { Product } from '../instrument.js'
import type { Market } from '../market.js'
import type { Gated } from '../quality.js'
import { dropDuplicates } from './duplicates.js'
import { inOrder, orderedRows } from './ordered-rows.js'
import { requirePlausibleUnit } from './plausible-unit.js'
import { keptRows, rowGate } from './row-gate.js'
import { revertingSpikes } from './spike.js'
import { believableZeroLimit } from './zero-price.js'

/**
 * Looks at every bar before it enters the lake. Dropped: no close; a day without a session by the calendar (a weekend for
 * symbols that are no product of ours); low above high; an exact zero where the other fields are far from it; the same day
 * twice (conflicting values: all of them). Kept with a flag: open or close outside the low–high range, which real feeds hold.
 */
export function gateBars(market: Market, columns: BarColumns): Gated<BarColumns> {
  const rows = orderedRows(columns.sessionDay, null)
  const ordered = <T extends Int32Array | Float64Array>(column: T): T => inOrder(column, rows)
  const day = ordered(columns.sessionDay)
  const [open, high, low, close] = [columns.open, columns.high, columns.low, columns.close].map(ordered)
  const gate = rowGate(columns.symbol, day.length)
  const fields = [
    ['open', open],
    ['high', high],
    ['low', low],
    ['close', close],
  ] as const
  /** The field that is an exact zero while another one is far from it. */
  const zero = (row: number, limit: number): string | undefined =>
    fields.some(([, values]) => Math.abs(values[row]) > limit)
      ? fields.find(([, values]) => values[row] === 0)?.[0]
      : undefined
  const product = market.products.find((one): one is Product => one === columns.symbol)
  const calendar = product && market.settlementCalendar(product)
  const isSession = (d: number): boolean => (calendar ? calendar.isBusinessDay(d) : !isWeekend(d))
  requirePlausibleUnit(columns.symbol, columns.unit, close)
  for (let row = 0; row < day.length; row++) {
    if (!Number.isFinite(close[row])) gate.drop(row, day[row], 'close', close[row], 'not-a-number')
  }
  dropDuplicates(
    gate.stays,
    (row, other) => day[row] === day[other],
    (row, other) => fields.every(([, values]) => Object.is(values[row], values[other])),
    (row, reason) => gate.drop(row, day[row], 'bar', close[row], reason),
  )
  const limit = believableZeroLimit(close)
  for (let row = 0; row < day.length; row++) {
    const at = day[row]
    if (gate.stays[row] === 0) continue
    if (!isSession(at)) {
      gate.drop(row, at, 'bar', close[row], 'non-trading-day')
    } else if (low[row] > high[row]) {
      gate.drop(row, at, 'low', low[row], 'low-above-high')
    } else if (zero(row, limit)) {
      gate.drop(row, at, zero(row, limit)!, 0, 'zero-price')
    } else if (close[row] < low[row] || close[row] > high[row]) {
      gate.flag(at, 'close', close[row], 'close-outside-range')
    } else if (open[row] < low[row] || open[row] > high[row]) {
      gate.flag(at, 'open', open[row], 'close-outside-range')
    }
  }
  let last = -1
  for (let row = 0; row < day.length; row++) {
    if (gate.stays[row] === 0) continue
    const missing = last >= 0 && calendar ? calendar.businessDaysBetween(day[last], day[row]) - 1 : 0
    if (missing >= 5) gate.flag(day[row], 'days missing before', missing, 'gap')
    last = row
  }
  const keptDays = keptRows(day, gate.stays)
  const keptCloses = keptRows(close, gate.stays)
  if (columns.unit.startsWith('USD/')) {
    for (const row of revertingSpikes(keptCloses)) gate.flag(keptDays[row], 'close', keptCloses[row], 'spike')
  }
  const keep = <T extends Int32Array | Float64Array>(column: T): T => keptRows(ordered(column), gate.stays)
  return {
    kept: {
      ...columns,
      sessionDay: keptDays,
      open: keep(columns.open),
      high: keep(columns.high),
      low: keep(columns.low),
      close: keptCloses,
      volume: keep(columns.volume),
      openInterest: columns.openInterest && keep(columns.openInterest),
    },
    findings: gate.findings,
  }
}
