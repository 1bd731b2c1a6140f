import { civilFromDay, dayFromCivil } from '../../kernel/day.js'

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
 * Returns by month or year of the bars' dates (UTC), first to last without gaps between: the product of 1 + value is the growth
 * of the whole. The first bar earns nothing, so that a first month of one bar alone is not there; the first and the last may be
 * parts of a month.
 */
export function calendarReturns(timeMs: Float64Array, equityUsd: Float64Array, by: 'month' | 'year'): CalendarReturn[] {
  const found: CalendarReturn[] = []
  let base = 0
  // The period of the last bar, as UTC milliseconds.
  let startsMs = Number.NaN
  let endsMs = Number.NaN
  let year = 0
  let month = 0
  const close = (lastBar: number): void => {
    const from = equityUsd[base]
    found.push({
      year,
      month,
      baseBar: base,
      lastBar,
      value: from > 0 ? equityUsd[lastBar] / from - 1 : Number.NaN,
      pnlUsd: equityUsd[lastBar] - from,
    })
    base = lastBar
  }
  for (let bar = 1; bar < equityUsd.length; bar++) {
    const time = timeMs[bar]
    if (time >= startsMs && time < endsMs) continue
    if (bar > 1) close(bar - 1)
    const civil = civilFromDay(Math.floor(time / DAY_MS))
    year = civil.year
    month = by === 'month' ? civil.month : 0
    startsMs = dayFromCivil(year, Math.max(1, month), 1) * DAY_MS
    endsMs = (month === 0 || month === 12 ? dayFromCivil(year + 1, 1, 1) : dayFromCivil(year, month + 1, 1)) * DAY_MS
  }
  if (equityUsd.length > 1) close(equityUsd.length - 1)
  return found
}
