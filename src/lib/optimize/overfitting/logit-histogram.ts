export interface LogitHistogram {
  /** Lower edges; the first and the last bin also hold what lies beyond. */
  readonly from: readonly number[]
  readonly width: number
  readonly counts: readonly number[]
}

const WIDTH = 0.5
/** Of 2·16 bins: e^8 ÷ (1 + e^8) is rank 2,980 of 2,981. */
const REACH = 8

/** Logits of cross-validation in bins of a half, those at or below zero apart from those above: a bin ends at its upper edge. */
export function logitHistogram(logits: ArrayLike<number>): LogitHistogram {
  const bins = (2 * REACH) / WIDTH
  const counts = new Array<number>(bins).fill(0)
  for (let i = 0; i < logits.length; i++) {
    const bin = Math.ceil((logits[i] + REACH) / WIDTH) - 1
    counts[Math.min(bins - 1, Math.max(0, bin))]++
  }
  return { from: counts.map((_, bin) => bin * WIDTH - REACH), width: WIDTH, counts }
}
