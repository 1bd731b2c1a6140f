import { mean, sampleSd } from '../../kernel/moments.js'
import { quantile } from '../../kernel/quantile.js'

const PERCENTS = [1, 5, 10, 25, 50, 75, 90, 95, 99] as const

/** A figure over all paths: where the run itself lies, and how widely the paths spread. */
export interface Distribution {
  /** Of the run itself; null where it is undefined. */
  readonly observed: number | null
  readonly mean: number | null
  /** ddof 1. */
  readonly sd: number | null
  /** Type 7. */
  readonly p1: number | null
  readonly p5: number | null
  readonly p10: number | null
  readonly p25: number | null
  readonly p50: number | null
  readonly p75: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  /** Percentile interval at `level`: quantiles (1 − level) ÷ 2 and (1 + level) ÷ 2. */
  readonly interval: { readonly low: number | null; readonly high: number | null }
  /** Share of the paths below the observed figure, ties by half. */
  readonly observedPercentile: number | null
  /** Paths on which the figure is defined. */
  readonly paths: number
}

export function distributionOf(values: Float64Array, observed: number | null, level: number): Distribution {
  const ascending = values.filter((value) => Number.isFinite(value)).sort()
  const none = ascending.length === 0
  const at = (probability: number): number | null => (none ? null : quantile(ascending, probability))
  const sd = sampleSd(ascending)
  let below = 0
  if (observed !== null) for (const value of ascending) below += value < observed ? 1 : value === observed ? 0.5 : 0
  const [p1, p5, p10, p25, p50, p75, p90, p95, p99] = PERCENTS.map((percent) => at(percent / 100))
  return {
    observed,
    mean: none ? null : mean(ascending),
    sd: Number.isFinite(sd) ? sd : null,
    ...{ p1, p5, p10, p25, p50, p75, p90, p95, p99 },
    interval: { low: at((1 - level) / 2), high: at((1 + level) / 2) },
    observedPercentile: none || observed === null ? null : (100 * below) / ascending.length,
    paths: ascending.length,
  }
}
