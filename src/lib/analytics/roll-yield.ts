/**
 * Annualised roll yield between two contracts of one product: ln(near ÷ far) × 365 ÷ days between their last trading
 * days. Positive in backwardation. C. B. Erb, C. R. Harvey (2006), "The Strategic and Tactical Value of Commodity Futures".
 * @param near settlement of the nearer contract, > 0, in any unit
 * @param far settlement of the farther contract, > 0, in the same unit
 * @param days calendar days from the nearer to the farther last trading day, > 0
 * @returns continuously compounded, per year, as a fraction; NaN where either price is ≤ 0
 */
export function rollYield(near: number, far: number, days: number): number {
  if (!(near > 0 && far > 0 && days > 0)) return Number.NaN // April 2020 settled below zero: a log return has no meaning there
  return (Math.log(near / far) * 365) / days
}
