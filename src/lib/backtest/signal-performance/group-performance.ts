/** How the direction did on some of the days. */
export interface GroupPerformance {
  readonly group: string
  readonly observations: number
  readonly hitRate: number
  /** Price units. */
  readonly meanPnl: number
  /** Mean confidence, 0 to 100. */
  readonly meanConfidence: number
}

/**
 * Days with a direction by group: the year, the regime, the confidence. A day without a group is in none.
 * @param groupOf by the index of the day
 */
export function groupPerformance(
  side: Float64Array,
  confidence: Float64Array,
  forward: Float64Array,
  groupOf: (day: number) => string | null,
): GroupPerformance[] {
  const sums = new Map<string, { n: number; hits: number; moves: number; pnl: number; confidence: number }>()
  for (let i = 0; i < side.length; i++) {
    if (!(side[i] === 1 || side[i] === -1) || !Number.isFinite(forward[i])) continue
    const group = groupOf(i)
    if (group === null) continue
    const sum = sums.get(group) ?? { n: 0, hits: 0, moves: 0, pnl: 0, confidence: 0 }
    sum.n++
    sum.pnl += side[i] * forward[i]
    sum.confidence += confidence[i]
    if (forward[i] !== 0) {
      sum.moves++
      if (side[i] * forward[i] > 0) sum.hits++
    }
    sums.set(group, sum)
  }
  return [...sums].map(([group, sum]) => ({
    group,
    observations: sum.n,
    hitRate: sum.moves > 0 ? sum.hits / sum.moves : Number.NaN,
    meanPnl: sum.pnl / sum.n,
    meanConfidence: sum.confidence / sum.n,
  }))
}
