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
  barsPerYear = BARS_PER_YEAR,
): ReturnGroup[] {
  const n = equityUsd.length
  const [bars, pnlUsd, sum, held, squares] = Array.from({ length: 5 }, () => new Float64Array(groups))
  const worst = new Float64Array(groups).fill(Number.NaN)
  for (let bar = 1; bar < n; bar++) {
    const group = groupOf[bar]
    if (!(group >= 0 && group < groups)) continue
    const value = equityUsd[bar] / equityUsd[bar - 1] - 1
    bars[group]++
    pnlUsd[group] += equityUsd[bar] - equityUsd[bar - 1]
    sum[group] += value
    if (!(value >= worst[group])) worst[group] = value
    if (lots[bar - 1] !== 0) held[group]++
  }
  const mean = sum.map((total, group) => total / bars[group])
  for (let bar = 1; bar < n; bar++) {
    const group = groupOf[bar]
    if (!(group >= 0 && group < groups)) continue
    const distance = equityUsd[bar] / equityUsd[bar - 1] - 1 - mean[group]
    squares[group] += distance * distance
  }
  return Array.from({ length: groups }, (_, group): ReturnGroup => {
    const sd = Math.sqrt(squares[group] / (bars[group] - 1))
    const average = mean[group]
    return {
      bars: bars[group],
      share: bars[group] / (n - 1),
      pnlUsd: pnlUsd[group],
      meanReturnAnnual: average * barsPerYear,
      annualVol: sd * Math.sqrt(barsPerYear),
      sharpe: sd > 1e-12 * Math.abs(average) ? (average / sd) * Math.sqrt(barsPerYear) : Number.NaN,
      worstReturn: worst[group],
      exposure: held[group] / bars[group],
    }
  })
}
