import { BARS_PER_YEAR } from './performance.js'

/** The bars of one group, wherever they lie. */
export interface ReturnGroup {
  readonly bars: number
  /** Of all bars after the first. */
  readonly share: number
  /** Their part of the profit: the groups add up to last − first equity. */
  readonly pnlUsd: number
  /** Mean return × 252. */
  readonly meanReturnAnnual: number
  /** Standard deviation (ddof 1) × √252. */
  readonly annualVol: number
  /** mean ÷ standard deviation × √252; NaN where they do not vary. */
  readonly sharpe: number
  readonly worstReturn: number
  /** Share of the group's bars with a position at the close before. */
  readonly exposure: number
}

/**
 * Sorts the bars after the first by group and measures each.
 * @param groupOf of each bar, 0 … groups − 1; others are left out
 */
export function groupReturns(
  equityUsd: Float64Array,
  lots: Float64Array,
  groupOf: ArrayLike<number>,
  groups: number,
): ReturnGroup[] {
  const n = equityUsd.length
  return Array.from({ length: groups }, (_, group): ReturnGroup => {
    let bars = 0
    let pnlUsd = 0
    let sum = 0
    let worst = Number.NaN
    let held = 0
    for (let bar = 1; bar < n; bar++) {
      if (groupOf[bar] !== group) continue
      const value = equityUsd[bar] / equityUsd[bar - 1] - 1
      bars++
      pnlUsd += equityUsd[bar] - equityUsd[bar - 1]
      sum += value
      if (!(value >= worst)) worst = value
      if (lots[bar - 1] !== 0) held++
    }
    const mean = sum / bars
    let squares = 0
    for (let bar = 1; bar < n; bar++) {
      if (groupOf[bar] === group) squares += (equityUsd[bar] / equityUsd[bar - 1] - 1 - mean) ** 2
    }
    const sd = Math.sqrt(squares / (bars - 1))
    return {
      bars,
      share: bars / (n - 1),
      pnlUsd,
      meanReturnAnnual: mean * BARS_PER_YEAR,
      annualVol: sd * Math.sqrt(BARS_PER_YEAR),
      sharpe: sd > 1e-12 * Math.abs(mean) ? (mean / sd) * Math.sqrt(BARS_PER_YEAR) : Number.NaN,
      worstReturn: worst,
      exposure: held / bars,
    }
  })
}
