import { civilFromDay, dayFromCivil, isoFromDay, type EpochDay } from '../kernel/day.js'

/** The horizontal axis of a panel: first and last day drawn, ticks on firsts of months or years. */
export interface TimeAxis {
  /** ISO dates. */
  readonly domain: readonly [string, string]
  readonly ticks: readonly string[]
  /** Vega expression of the tick labels, in UTC. */
  readonly labelExpr: string
}

/** Of a panel without data: no ticks. */
export const EMPTY_TIME_AXIS: TimeAxis = { domain: ['1970-01-01', '1971-01-01'], ticks: [], labelExpr: "''" }

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]
const LABEL_PX = 46

/**
 * Ticks no closer than a label is wide; the year is written at the first tick and at each January.
 * @param widthPx of the panel
 */
export function timeAxis(first: EpochDay, last: EpochDay, widthPx: number): TimeAxis {
  const from = first < last ? first : first - 15
  const to = first < last ? last : last + 15
  const months = (to - from) / 30.44
  const room = Math.max(1, Math.floor(widthPx / LABEL_PX))
  const step = MONTH_STEPS.find((candidate) => months / candidate <= room) ?? 600
  const start = civilFromDay(from)
  const ticks: EpochDay[] = []
  const startIndex = Math.ceil((start.year * 12 + start.month - 1) / step) * step
  for (let index = startIndex; ; index += step) {
    const day = dayFromCivil(Math.floor(index / 12), (index % 12) + 1, 1)
    if (day > to) break
    if (day >= from) ticks.push(day)
  }
  const short = ticks.length === 0 || to - from < 45
  const values = short ? [...new Set([first, last])] : ticks
  const firstTick = `datum.value <= utc(${isoParts(values[0])})`
  return {
    domain: [isoFromDay(from), isoFromDay(to)],
    ticks: values.map(isoFromDay),
    labelExpr: short
      ? "utcFormat(datum.value, '%-d %b %Y')"
      : step >= 12
        ? "utcFormat(datum.value, '%Y')"
        : `utcmonth(datum.value) == 0 || ${firstTick} ? utcFormat(datum.value, '%b %Y') : utcFormat(datum.value, '%b')`,
  }
}

function isoParts(day: EpochDay): string {
  const { year, month, dayOfMonth } = civilFromDay(day)
  return `${year}, ${month - 1}, ${dayOfMonth}`
}
