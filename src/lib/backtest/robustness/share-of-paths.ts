import { normalQuantile } from '../../kernel/normal-distribution.js'

/** A share of independent paths with its Wilson interval at `level`. E. B. Wilson (1927), "Probable Inference". */
export interface PathShare {
  readonly value: number
  readonly low: number
  readonly high: number
}

export function shareOfPaths(hits: number, paths: number, level: number): PathShare {
  const z = normalQuantile((1 + level) / 2)
  const share = hits / paths
  const scale = 1 + (z * z) / paths
  const centre = share + (z * z) / (2 * paths)
  const half = z * Math.sqrt((share * (1 - share)) / paths + (z * z) / (4 * paths * paths))
  return { value: share, low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) }
}
