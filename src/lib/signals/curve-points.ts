import { leastSquaresSlope } from '../kernel/least-squares-slope.js'
import { addMonths, type ContractMonth } from '../market/contract-month.js'
import { rowOfMonth, type CurveIndex } from '../market/curve-index.js'
import type { Market } from '../market/market.js'
import { usdPerBbl } from '../market/units.js'
import { lastAtOrBefore } from './last-at-or-before.js'
import type { CurvePoints } from './signal.js'

const SLOPE_CONTRACTS = 12
const FEWEST_CONTRACTS = 6

/** The contracts behind the one held on each of `days`, which are settlement days of `index`. */
export function curvePoints(market: Market, index: CurveIndex, days: Int32Array, held: Int32Array): CurvePoints {
  const { product, unit, settlement } = index.columns
  const at = lastAtOrBefore(index.days, days)
  const expiries = new Map<ContractMonth, number>()
  const expiryOf = (month: ContractMonth): number => {
    const known = expiries.get(month)
    if (known !== undefined) return known
    const day = market.lastTradingDay(product, month)
    expiries.set(month, day)
    return day
  }
  const behind = (months: number): Float64Array =>
    Float64Array.from(days, (_, i) => {
      const row = rowOfMonth(index, at[i], addMonths(held[i], months))
      return row < 0 ? Number.NaN : settlement[row]
    })
  const daysTo = (months: number): Float64Array =>
    Float64Array.from(held, (month) => expiryOf(addMonths(month, months)) - expiryOf(month))
  return {
    near: behind(0),
    next: behind(1),
    nextDays: daysTo(1),
    second: behind(2),
    secondDays: daysTo(2),
    year: behind(12),
    yearDays: daysTo(12),
    slope: Float64Array.from(days, (_, i) => slopeFrom(index, at[i], held[i])),
    usdPerBbl: usdPerBbl(unit, 1),
  }
}

/** Slope over the contracts that settled among the twelve from `month` on. */
function slopeFrom(index: CurveIndex, dayIndex: number, month: ContractMonth): number {
  const offsets: number[] = []
  const prices: number[] = []
  for (let k = 0; k < SLOPE_CONTRACTS; k++) {
    const row = rowOfMonth(index, dayIndex, addMonths(month, k))
    if (row < 0) continue
    offsets.push(k)
    prices.push(index.columns.settlement[row])
  }
  return prices.length < FEWEST_CONTRACTS ? Number.NaN : leastSquaresSlope(offsets, prices)
}
