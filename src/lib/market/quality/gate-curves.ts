import type { EpochDay } from '../../kernel/day.js'
import { quantile } from '../../kernel/quantile.js'
import type { CurveColumns } from '../dataset.js'
import type { Market } from '../market.js'
import type { Gated } from '../quality.js'
import { dropDuplicates } from './duplicates.js'
import { inOrder, orderedRows } from './ordered-rows.js'
import { requirePlausibleUnit } from './plausible-unit.js'
import { keptRows, rowGate, type RowGate } from './row-gate.js'
import { localDeviations, reverts, SPIKE_DEVIATIONS } from './spike.js'
import { believableZeroLimit } from './zero-price.js'

/** Within this many business days of its last trading day a contract can do what no other does (CLK20 at −37.63). */
const WILD_BUSINESS_DAYS = 5
/** Business days between two settlements from which on a hole is named. */
const GAP_BUSINESS_DAYS = 5

/**
 * Looks at every settlement before it enters the lake. Dropped: no number; a day without a settlement by the calendar; a
 * contract that had expired; an exact zero amid prices far from it; the same contract and day twice (conflicting values: all of them);
 * a move of over five robust deviations that came back the next day while the contracts beside it stood still. Kept with a
 * flag: such a move that did not come back, a curve identical to the day before, a hole in the days.
 */
export function gateCurves(market: Market, columns: CurveColumns): Gated<CurveColumns> {
  const rows = orderedRows(columns.day, columns.month)
  const day = inOrder(columns.day, rows)
  const month = inOrder(columns.month, rows)
  const settlement = inOrder(columns.settlement, rows)
  const { product } = columns
  requirePlausibleUnit(product, columns.unit, settlement)
  const gate = rowGate(product, day.length)
  const code = (row: number): string => market.contractCode(product, month[row])
  for (let row = 0; row < day.length; row++) {
    if (!Number.isFinite(settlement[row])) gate.drop(row, day[row], code(row), settlement[row], 'not-a-number')
  }
  dropDuplicates(
    gate.stays,
    (row, other) => day[row] === day[other] && month[row] === month[other],
    (row, other) => settlement[row] === settlement[other],
    (row, reason) => gate.drop(row, day[row], code(row), settlement[row], reason),
  )
  dropImpossible(gate, market, columns, day, month, settlement, code)
  lookAtMoves(gate, market, columns, day, month, settlement, code)
  flagStaleAndGaps(gate, market, columns, day, month, settlement)
  const { stays } = gate
  const keep = <T extends Int32Array | Float64Array>(column: T): T => keptRows(inOrder(column, rows), stays)
  return {
    kept: {
      ...columns,
      day: keptRows(day, stays),
      month: keptRows(month, stays),
      rank: keep(columns.rank),
      settlement: keptRows(settlement, stays),
      openInterest: columns.openInterest && keep(columns.openInterest),
      volume: columns.volume && keep(columns.volume),
    },
    findings: gate.findings,
  }
}

function dropImpossible(
  gate: RowGate,
  market: Market,
  { product }: CurveColumns,
  day: Int32Array,
  month: Int32Array,
  settlement: Float64Array,
  code: (row: number) => string,
): void {
  const calendar = market.settlementCalendar(product)
  const limit = believableZeroLimit(settlement)
  for (let row = 0; row < day.length; row++) {
    const value = settlement[row]
    if (gate.stays[row] === 0) continue
    if (!calendar.isBusinessDay(day[row])) gate.drop(row, day[row], code(row), value, 'non-trading-day')
    else if (market.lastTradingDay(product, month[row]) < day[row])
      gate.drop(row, day[row], code(row), value, 'expired-contract')
    else if (value === 0 && neighboursAreFar(day, settlement, row, limit))
      gate.drop(row, day[row], code(row), value, 'zero-price')
  }
}

/** Do the contracts beside it on the curve settle well away from zero? Then a 0 is a hole, not a price. */
function neighboursAreFar(day: Int32Array, settlement: Float64Array, row: number, limit: number): boolean {
  const sides = [row - 1, row + 1].filter((other) => day[other] === day[row])
  return sides.every((other) => Math.abs(settlement[other]) > limit)
}

function lookAtMoves(
  gate: RowGate,
  market: Market,
  { product }: CurveColumns,
  day: Int32Array,
  month: Int32Array,
  settlement: Float64Array,
  code: (row: number) => string,
): void {
  const previous = previousRowOfContract(gate.stays, day, month)
  const next = new Int32Array(day.length).fill(-1)
  for (let row = 0; row < day.length; row++) if (previous[row] >= 0) next[previous[row]] = row
  const change = new Float64Array(day.length)
  for (let row = 0; row < day.length; row++)
    change[row] = previous[row] >= 0 ? settlement[row] - settlement[previous[row]] : Number.NaN
  const deviation = deviationOfDays(day, change)
  const calendar = market.settlementCalendar(product)
  for (let row = 0; row < day.length; row++) {
    const move = change[row]
    if (!(Math.abs(move) > SPIKE_DEVIATIONS * deviation[row]) || !curveStoodStill(change, day, row, move)) continue
    const nextMove = next[row] >= 0 ? change[next[row]] : Number.NaN
    const daysLeft = calendar.businessDaysBetween(day[row], market.lastTradingDay(product, month[row]))
    if (daysLeft > WILD_BUSINESS_DAYS && reverts(move, nextMove))
      gate.drop(row, day[row], code(row), settlement[row], 'spike')
    else if (!(next[row] === -1 && daysLeft <= 1) && !cameFromSpike(gate, previous, row))
      gate.flag(day[row], code(row), settlement[row], 'spike')
  }
}

/** For each row the usual size of its day's moves: the median contract's move, seen over the days around. */
function deviationOfDays(day: Int32Array, change: Float64Array): Float64Array {
  const starts: number[] = []
  for (let row = 0; row < day.length; row++) if (row === 0 || day[row] !== day[row - 1]) starts.push(row)
  const typical = Float64Array.from(starts, (start, i) => {
    const sizes = change.slice(start, starts[i + 1]).filter((move) => Number.isFinite(move))
    return quantile(sizes.map(Math.abs).sort(), 0.5)
  })
  const deviations = localDeviations(typical)
  const byRow = new Float64Array(day.length)
  for (const [i, start] of starts.entries()) byRow.fill(deviations[i], start, starts[i + 1])
  return byRow
}

/** The way back from a dropped spike is no second spike. */
function cameFromSpike(gate: RowGate, previous: Int32Array, row: number): boolean {
  return previous[row] >= 0 && gate.stays[previous[row]] === 0
}

/** The row of the same contract on its previous settlement, −1 where there is none; months are at most 80 apart. */
function previousRowOfContract(stays: Uint8Array, day: Int32Array, month: Int32Array): Int32Array {
  const previous = new Int32Array(day.length).fill(-1)
  const lastRow = new Map<number, number>()
  for (let row = 0; row < day.length; row++) {
    if (stays[row] === 0) continue
    previous[row] = lastRow.get(month[row]) ?? -1
    lastRow.set(month[row], row)
  }
  return previous
}

/** Both neighbours on the curve moved by less than a quarter of the move; a contract without neighbours cannot tell. */
function curveStoodStill(change: Float64Array, day: Int32Array, row: number, move: number): boolean {
  const sides = [row - 1, row + 1].filter((other) => day[other] === day[row] && Number.isFinite(change[other]))
  return sides.length > 0 && sides.every((other) => Math.abs(change[other]) < Math.abs(move) / 4)
}

function flagStaleAndGaps(
  gate: RowGate,
  market: Market,
  { product }: CurveColumns,
  day: Int32Array,
  month: Int32Array,
  settlement: Float64Array,
): void {
  const calendar = market.settlementCalendar(product)
  let lastDay: EpochDay | null = null
  let last = new Map<number, number>()
  for (let start = 0; start < day.length;) {
    let end = start
    const today = new Map<number, number>()
    for (; end < day.length && day[end] === day[start]; end++)
      if (gate.stays[end] === 1) today.set(month[end], settlement[end])
    if (today.size > 0) {
      const missing: number = lastDay === null ? 0 : calendar.businessDaysBetween(lastDay, day[start]) - 1
      if (missing >= GAP_BUSINESS_DAYS) gate.flag(day[start], 'days missing before', missing, 'gap')
      if (today.size >= 4 && isSameCurve(today, last)) gate.flag(day[start], 'curve', settlement[start], 'stale')
      lastDay = day[start]
      last = today
    }
    start = end
  }
}

function isSameCurve(today: ReadonlyMap<number, number>, last: ReadonlyMap<number, number>): boolean {
  for (const [month, value] of today) if (last.get(month) !== value) return false
  return true
}
