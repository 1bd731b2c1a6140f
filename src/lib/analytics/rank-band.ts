import { quantile } from '../kernel/quantile.js'
import type { CurveIndex } from '../market/curve-index.js'

/** What one rank settled at over some days, in the product's unit. Quantiles of type 7. */
export interface RankBand {
  readonly rank: number
  readonly min: number
  readonly p10: number
  readonly median: number
  readonly p90: number
  readonly max: number
}

/** Spread of the settlements of each rank 1 … maxRank over the days at positions `first` to `end` (exclusive). */
export function rankBand(index: CurveIndex, first: number, end: number, maxRank: number): RankBand[] {
  const { columns, offsets } = index
  const byRank = new Map<number, number[]>()
  for (let row = offsets[first]; row < offsets[end]; row++) {
    const rank = columns.rank[row]
    if (rank > maxRank) continue
    const settlements = byRank.get(rank)
    if (settlements) settlements.push(columns.settlement[row])
    else byRank.set(rank, [columns.settlement[row]])
  }
  return [...byRank]
    .sort(([a], [b]) => a - b)
    .map(([rank, settlements]) => {
      const ascending = Float64Array.from(settlements).sort()
      return {
        rank,
        min: ascending[0],
        p10: quantile(ascending, 0.1),
        median: quantile(ascending, 0.5),
        p90: quantile(ascending, 0.9),
        max: ascending[ascending.length - 1],
      }
    })
}
