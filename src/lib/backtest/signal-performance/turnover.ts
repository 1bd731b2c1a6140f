export interface Turnover {
  /** Days on which the direction differs from the day before, a year of 252 days. */
  readonly changesPerYear: number
  /** Mean length of a stretch of days with one direction, neutral stretches left out. */
  readonly meanHoldingDays: number
  /** Share of known days with a direction. */
  readonly exposure: number
}

const DAYS_PER_YEAR = 252

/** @param side −1, 0 or 1; NaN where the signal is not known: a gap ends a stretch and is no change */
export function turnover(side: Float64Array): Turnover {
  let known = 0
  let directed = 0
  let changes = 0
  let stretches = 0
  for (let i = 0; i < side.length; i++) {
    if (Number.isNaN(side[i])) continue
    known++
    const before = i > 0 ? side[i - 1] : Number.NaN
    if (!Number.isNaN(before) && before !== side[i]) changes++
    if (side[i] === 0) continue
    directed++
    if (before !== side[i]) stretches++
  }
  return {
    changesPerYear: known > 1 ? (changes * DAYS_PER_YEAR) / (known - 1) : Number.NaN,
    meanHoldingDays: stretches > 0 ? directed / stretches : Number.NaN,
    exposure: known > 0 ? directed / known : Number.NaN,
  }
}
