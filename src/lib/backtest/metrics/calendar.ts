import { mean, sampleSd } from '../../kernel/moments.js'
import { calendarReturns } from './calendar-returns.js'
import { once } from './once.js'
import type { Metric, Performance } from './performance.js'

const months = once((p) => returnsBy(p, 'month'))
const years = once((p) => returnsBy(p, 'year'))

function returnsBy({ timeMs, equityUsd }: Performance, by: 'month' | 'year'): Float64Array {
  if (timeMs === null) return new Float64Array(0)
  return Float64Array.from(calendarReturns(timeMs, equityUsd, by), ({ value }) => value)
}

const best = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value), -Infinity)
const worst = (values: Float64Array): number => values.reduce((least, value) => Math.min(least, value), Infinity)
const positive = (values: Float64Array): number => values.filter((value) => value > 0).length / values.length

/** Of the monthly and yearly table: the parts of a month at either end count as months. */
export const CALENDAR_METRICS: readonly Metric[] = [
  { name: 'bestMonth', convention: 'highest return of a calendar month', value: (p) => best(months(p)) },
  { name: 'worstMonth', convention: 'lowest return of a calendar month', value: (p) => worst(months(p)) },
  { name: 'positiveMonthShare', convention: 'share of the months above zero', value: (p) => positive(months(p)) },
  {
    name: 'monthlySharpe',
    convention: 'mean ÷ standard deviation (ddof 1) of the monthly returns, × √12; a partial month counts',
    value: (p) => {
      const values = months(p)
      const sd = sampleSd(values)
      return sd > 0 ? (mean(values) / sd) * Math.sqrt(12) : Number.NaN
    },
  },
  { name: 'bestYear', convention: 'highest return of a calendar year', value: (p) => best(years(p)) },
  { name: 'worstYear', convention: 'lowest return of a calendar year', value: (p) => worst(years(p)) },
  { name: 'positiveYearShare', convention: 'share of the years above zero', value: (p) => positive(years(p)) },
]
