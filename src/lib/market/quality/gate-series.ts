import { isWeekend } from '../../kernel/day.js'
import type { SeriesColumns } from '../dataset.js'
import type { Gated } from '../quality.js'
import { dropDuplicates } from './duplicates.js'
import { inOrder, orderedRows } from './ordered-rows.js'
import { isPriceHistory, requirePlausibleUnit } from './plausible-unit.js'
import { keptRows, rowGate } from './row-gate.js'
import { revertingSpikes } from './spike.js'

const CALENDAR_DAYS_OF_GAP = { daily: 12, weekly: 21, monthly: 62 } as const

/**
 * Looks at every observation before it enters the lake. Dropped: no number; a daily value on a weekend; the same period and
 * known-on day twice (conflicting values: all of them); an exact zero in a price history. Kept with a flag: a price that jumped by over five robust deviations and
 * came back (alone, a series cannot say whether that is an error or 20 April 2020), and a hole in the periods.
 */
export function gateSeries(columns: SeriesColumns): Gated<SeriesColumns> {
  const rows = orderedRows(columns.period, columns.knownOn)
  const period = inOrder(columns.period, rows)
  const knownOn = inOrder(columns.knownOn, rows)
  const value = inOrder(columns.value, rows)
  const gate = rowGate(columns.id, period.length)
  requirePlausibleUnit(columns.id, columns.unit, value)
  const zeroIsHole = columns.unit.startsWith('USD/') && isPriceHistory(value)
  for (let row = 0; row < period.length; row++) {
    if (!Number.isFinite(value[row])) gate.drop(row, period[row], columns.id, value[row], 'not-a-number')
  }
  dropDuplicates(
    gate.stays,
    (row, other) => period[row] === period[other] && knownOn[row] === knownOn[other],
    (row, other) => value[row] === value[other],
    (row, reason) => gate.drop(row, period[row], columns.id, value[row], reason),
  )
  for (let row = 0; row < period.length; row++) {
    if (gate.stays[row] === 0) continue
    if (columns.frequency === 'daily' && isWeekend(period[row])) {
      gate.drop(row, period[row], columns.id, value[row], 'non-trading-day')
    } else if (value[row] === 0 && zeroIsHole) {
      gate.drop(row, period[row], columns.id, 0, 'zero-price')
    }
  }
  const kept = {
    ...columns,
    period: keptRows(period, gate.stays),
    knownOn: keptRows(knownOn, gate.stays),
    value: keptRows(value, gate.stays),
  }
  if (columns.frequency === 'daily' && columns.unit.startsWith('USD/')) {
    for (const row of revertingSpikes(kept.value)) gate.flag(kept.period[row], columns.id, kept.value[row], 'spike')
  }
  for (let row = 1; row < kept.period.length; row++) {
    const days = kept.period[row] - kept.period[row - 1]
    if (days > CALENDAR_DAYS_OF_GAP[columns.frequency])
      gate.flag(kept.period[row], 'calendar days since the last', days, 'gap')
  }
  return { kept, findings: gate.findings }
}
