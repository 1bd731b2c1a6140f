/** Buckets of the curve by rank, nearest first. */
export const TENOR_BUCKETS = ['M1', 'M2-M3', 'M4-M6', 'M7-M12', 'M13-M24', 'M25+'] as const
export type TenorBucket = (typeof TENOR_BUCKETS)[number]

/** The bucket of a rank; 1 is the front month. */
export function tenorBucket(rank: number): TenorBucket {
  if (rank <= 1) return 'M1'
  if (rank <= 3) return 'M2-M3'
  if (rank <= 6) return 'M4-M6'
  if (rank <= 12) return 'M7-M12'
  return rank <= 24 ? 'M13-M24' : 'M25+'
}
