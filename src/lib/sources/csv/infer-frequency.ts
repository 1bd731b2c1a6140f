import type { SeriesColumns } from '../../market/dataset.js'

/** By the median distance of its periods: up to 4 days daily, up to 10 weekly, else monthly. Ascending periods. */
export function inferFrequency(period: Int32Array): SeriesColumns['frequency'] {
  if (period.length < 2) return 'daily'
  const gaps = period.slice(1).map((day, i) => day - period[i])
  const median = gaps.sort()[gaps.length >> 1]
  return median <= 4 ? 'daily' : median <= 10 ? 'weekly' : 'monthly'
}
