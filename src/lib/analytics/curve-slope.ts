import { leastSquaresSlope } from '../kernel/least-squares-slope.js'
import { monthIndexOf, type ContractMonth } from '../market/contract-month.js'

/**
 * Least-squares slope of settlement on delivery month: price units per month, positive in contango. Uses every
 * contract it is given, so that one odd month moves it less than it moves M1–M12.
 * @returns NaN for fewer than two contracts
 */
export function curveSlopePerMonth(months: ArrayLike<ContractMonth>, settlements: ArrayLike<number>): number {
  return leastSquaresSlope(Array.from(months, monthIndexOf), settlements)
}
