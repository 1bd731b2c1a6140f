import { quantile } from '../kernel/quantile.js'
import { sameDateYearsBefore } from './seasonal-rank.js'

/** For each day, what the same time of the previous years looked like; NaN where no previous year has a value. */
export interface SeasonBand {
  readonly days: Int32Array
  readonly min: Float64Array
  readonly p10: Float64Array
  readonly median: Float64Array
  readonly p90: Float64Array
  readonly max: Float64Array
}

/**
 * Quantiles (type 7) of all values within ±`halfWindow` calendar days of the same date in each of the `years` previous
 * years, for the days of `days` from position `first` on. The reference of {@link seasonalRank}, day by day.
 */
export function seasonBand(
  days: Int32Array,
  values: Float64Array,
  first: number,
  years: number,
  halfWindow: number,
): SeasonBand {
  const shown = days.slice(first)
  const band: SeasonBand = {
    days: shown,
    min: new Float64Array(shown.length).fill(Number.NaN),
    p10: new Float64Array(shown.length).fill(Number.NaN),
    median: new Float64Array(shown.length).fill(Number.NaN),
    p90: new Float64Array(shown.length).fill(Number.NaN),
    max: new Float64Array(shown.length).fill(Number.NaN),
  }
  const starts = new Int32Array(years + 1)
  const reference: number[] = []
  for (let i = 0; i < shown.length; i++) {
    reference.length = 0
    for (let back = 1; back <= years; back++) {
      const centre = sameDateYearsBefore(shown[i], back)
      // both run forward, so each year's cursor only ever advances
      while (starts[back] < days.length && days[starts[back]] < centre - halfWindow) starts[back]++
      for (let j = starts[back]; j < days.length && days[j] <= centre + halfWindow; j++) reference.push(values[j])
    }
    if (reference.length === 0) continue
    const ascending = Float64Array.from(reference).sort()
    band.min[i] = ascending[0]
    band.p10[i] = quantile(ascending, 0.1)
    band.median[i] = quantile(ascending, 0.5)
    band.p90[i] = quantile(ascending, 0.9)
    band.max[i] = ascending[ascending.length - 1]
  }
  return band
}
