import { isoFromDay } from '../kernel/day.js'
import { isoFromMonth } from '../market/contract-month.js'
import { rowOfMonth, rowOfRank, type CurveIndex } from '../market/curve-index.js'

/**
 * What holding one rank through its last trading day earned, day by day. The position of day t is the contract that
 * holds the rank on t; its move is its own settlement on t minus its own on the settlement day before, so the jump
 * from one contract to the next is in no move.
 */
export interface ContractMoves {
  readonly index: CurveIndex
  readonly rank: number
  readonly days: Int32Array
  /** Contract month that holds the rank. */
  readonly month: Int32Array
  /** In the product's unit; NaN where the rank did not settle. */
  readonly settlement: Float64Array
  /** The same contract one settlement day earlier; NaN on the first day or where it had no settlement. */
  readonly base: Float64Array
}

/** Moves of `rank` on every settlement day of `index`. */
export function contractMoves(index: CurveIndex, rank = 1): ContractMoves {
  const { columns, days } = index
  const n = days.length
  const month = new Int32Array(n)
  const settlement = new Float64Array(n).fill(Number.NaN)
  const base = new Float64Array(n).fill(Number.NaN)
  for (let i = 0; i < n; i++) {
    const row = rowOfRank(index, i, rank)
    if (row < 0) continue
    month[i] = columns.month[row]
    settlement[i] = columns.settlement[row]
    const before = i === 0 ? -1 : rowOfMonth(index, i - 1, month[i])
    if (before >= 0) base[i] = columns.settlement[before]
  }
  return { index, rank, days, month, settlement, base }
}

/**
 * Why the last `count` moves up to position `end` (inclusive) cannot be used; null if they can.
 */
export function missingMove(moves: ContractMoves, end: number, count: number): string | null {
  const { days, month, settlement, base } = moves
  if (end < count) return `${count + 1} settlement days are needed, the data has ${end + 1}`
  const { product } = moves.index.columns
  for (let i = end; i > end - count; i--) {
    if (Number.isNaN(settlement[i])) return `${product} rank ${moves.rank} has no settlement on ${isoFromDay(days[i])}`
    if (Number.isNaN(base[i]))
      return `${product} ${isoFromMonth(month[i])} has no settlement on ${isoFromDay(days[i - 1])}`
  }
  return null
}
