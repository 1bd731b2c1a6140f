import { civilFromDay, dayFromCivil } from '../../kernel/day.js'
import { lowerBound } from '../../kernel/lower-bound.js'

/** What equity did in one calendar month or year. */
export interface CalendarReturn {
  readonly year: number
  /** 1 to 12; 0 for a year. */
  readonly month: number
  /** Bar whose equity it starts from: the last one of the period before, or the first of all. */
  readonly baseBar: number
  readonly lastBar: number
  /** Equity of the last bar ÷ that of the base − 1; NaN where the base is not above zero. */
  readonly value: number
  readonly pnlUsd: number
}

const DAY_MS = 86_400_000

/**
 * Returns by month or year of the bars' dates (UTC, ascending), first to last without gaps between: the product of 1 + value is the growth
 * of the whole. The first bar earns nothing, so that a first month of one bar alone is not there; the first and the last may be
 * parts of a month.
 */
export function calendarReturns(timeMs: Float64Array, equityUsd: Float64Array, by: 'month' | 'year'): CalendarReturn[] {
  const found: CalendarReturn[] = []
  const bars = equityUsd.length
  let base = 0
  for (let first = 1; first < bars;) {
    const civil = civilFromDay(Math.floor(timeMs[first] / DAY_MS))
    const month = by === 'month' ? civil.month : 0
    const next =
      month === 0 || month === 12 ? dayFromCivil(civil.year + 1, 1, 1) : dayFromCivil(civil.year, month + 1, 1)
    const until = lowerBound(timeMs, next * DAY_MS, first, bars)
    const from = equityUsd[base]
    const last = equityUsd[until - 1]
    found.push({
      year: civil.year,
      month,
      baseBar: base,
      lastBar: until - 1,
      value: from > 0 ? last / from - 1 : Number.NaN,
      pnlUsd: last - from,
    })
    base = until - 1
    first = until
  }
  return found
}
