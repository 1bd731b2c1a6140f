import { isoFromDay } from '../kernel/day.js'
import { sampleSd } from '../kernel/moments.js'
import { isoFromMonth } from '../market/contract-month.js'
import { missingMove, type ContractMoves } from './contract-moves.js'
import { measured, unmeasured, type Measured } from './measured.js'

export interface RealisedVol {
  /** sd of ln(Pₜ ÷ Bₜ) × √daysPerYear: a fraction a year. */
  readonly logFraction: Measured
  /** sd of Pₜ − Bₜ × √daysPerYear: the product's unit a year; defined at any price. */
  readonly price: Measured
}

/**
 * Annualised standard deviation (ddof 1, mean removed) of the last `window` contract-true moves up to position `end`.
 * The log mode is undefined where a price in the window is ≤ 0; the price mode is the one to quote then.
 * @param daysPerYear settlement days in a year, 252
 */
export function realisedVol(moves: ContractMoves, end: number, window: number, daysPerYear: number): RealisedVol {
  const missing = missingMove(moves, end, window)
  if (missing !== null) return { logFraction: unmeasured(missing), price: unmeasured(missing) }
  const { settlement, base } = moves
  const changes = new Float64Array(window)
  const logs = new Float64Array(window)
  let bad = -1
  for (let k = 0; k < window; k++) {
    const i = end - window + 1 + k
    changes[k] = settlement[i] - base[i]
    logs[k] = Math.log(settlement[i] / base[i])
    if (!(settlement[i] > 0 && base[i] > 0) && bad < 0) bad = i
  }
  const scale = Math.sqrt(daysPerYear)
  return {
    price: measured(sampleSd(changes) * scale),
    logFraction: bad < 0 ? measured(sampleSd(logs) * scale) : unmeasured(priceReason(moves, bad)),
  }
}

function priceReason({ index, days, month, settlement, base }: ContractMoves, i: number): string {
  const onBase = !(base[i] > 0)
  const price = onBase ? base[i] : settlement[i]
  return `${index.columns.product} ${isoFromMonth(month[i])} settled at ${price} on ${isoFromDay(days[onBase ? i - 1 : i])}: a log return needs prices above zero`
}
