import type { EpochDay } from '../kernel/day.js'
import type { ContractMonth } from './contract-month.js'
import type { CurveColumns } from './dataset.js'

/** Long-form settlements with the rows of each day at hand. */
export interface CurveIndex {
  readonly columns: CurveColumns
  /** Distinct settlement days, ascending. */
  readonly days: Int32Array
  /** Rows of `days[i]` are `offsets[i]` to `offsets[i + 1]` (exclusive), ascending by delivery month. */
  readonly offsets: Int32Array
}

/** One pass over columns that are ascending by (day, month). */
export function indexCurve(columns: CurveColumns): CurveIndex {
  const { day } = columns
  const rows = day.length
  const days = new Int32Array(rows)
  const offsets = new Int32Array(rows + 1)
  let count = 0
  for (let row = 0; row < rows; row++) {
    if (row > 0 && day[row] === day[row - 1]) continue
    days[count] = day[row]
    offsets[count] = row
    count++
  }
  offsets[count] = rows
  return { columns, days: days.slice(0, count), offsets: offsets.slice(0, count + 1) }
}

/** Position in `days` of the last settlement day on or before `day`; −1 if there is none. */
export function dayIndexOnOrBefore({ days }: CurveIndex, day: EpochDay): number {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (days[middle] <= day) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Position in `days` of exactly `day`; −1 where nothing settled. */
export function dayIndexOf(index: CurveIndex, day: EpochDay): number {
  const i = dayIndexOnOrBefore(index, day)
  return i >= 0 && index.days[i] === day ? i : -1
}

/** Row of the contract that delivers in `month` on the day at `dayIndex`; −1 where it did not settle. */
export function rowOfMonth({ columns, offsets }: CurveIndex, dayIndex: number, month: ContractMonth): number {
  return find(columns.month, offsets[dayIndex], offsets[dayIndex + 1], month)
}

/** Row of the contract that holds `rank` on the day at `dayIndex`; −1 where it did not settle. */
export function rowOfRank({ columns, offsets }: CurveIndex, dayIndex: number, rank: number): number {
  return find(columns.rank, offsets[dayIndex], offsets[dayIndex + 1], rank)
}

/** Settlement of the contract that delivers in `month` on `day`; NaN where it did not settle. */
export function settlementOf(index: CurveIndex, day: EpochDay, month: ContractMonth): number {
  const i = dayIndexOf(index, day)
  const row = i < 0 ? -1 : rowOfMonth(index, i, month)
  return row < 0 ? Number.NaN : index.columns.settlement[row]
}

function find(ascending: Int32Array, from: number, to: number, wanted: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low < to && ascending[low] === wanted ? low : -1
}
