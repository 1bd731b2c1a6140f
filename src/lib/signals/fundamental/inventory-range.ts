import { sameWeekRanges } from '../../analytics/same-week-range.js'
import { isoFromDay } from '../../kernel/day.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, deviationWords, reportAgeWords, verdict } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'
import { reported } from './reported.js'
import { stocksWords } from './stocks-words.js'

export const inventoryRange: SignalDefinition = {
  name: 'inventory-range',
  family: 'fundamental',
  title: 'Stocks against the same week of past years',
  rule: 'level of stocks against the mean of the same week in past years, in their deviations: long where stocks are low for the season, short where high; graded by that',
  parameters: SIGNAL_PARAMETERS['inventory-range'],
  needs: ['stocks'],
  shiftInvariant: true,
  warmUp: () => 0,
  conflict: ({ minYears, years }) => (minYears <= years ? null : `minYears ${minYears} is above years ${years}`),
  compute({ days, stocks }, params) {
    if (stocks === null) throw new RangeError('inventory-range was given no stocks')
    const { series } = stocks
    const { years, minYears } = params
    const { values, ...report } = reported(days, [series], params.maxAgeDays, 5, ({ period, values: [level] }) => {
      const ranges = sameWeekRanges(period, level, { years, minYears })
      const column = (of: 'deviation' | 'mean' | 'z' | 'percentile'): Float64Array =>
        Float64Array.from(ranges, (range) => range?.[of] ?? Number.NaN)
      return [column('deviation'), level, column('mean'), column('z'), column('percentile')]
    })
    const [deviation, level, mean, z, percentile] = values
    return gradedHistory(inventoryRange, days, params, {
      value: deviation,
      unit: series.unit,
      x: z.map((score) => -score),
      ...report,
      columns: [
        { name: 'level', unit: series.unit, values: level },
        { name: 'seasonMean', unit: series.unit, values: mean },
        { name: 'zScore', unit: 'sd', values: z },
        { name: 'percentile', unit: 'percentile', values: percentile },
        { name: 'age', unit: 'days', values: report.age },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const old = reportAgeWords(history, i, params.maxAgeDays)
    if (old !== null) return old
    const week = isoFromDay(history.period?.[i] ?? 0)
    if (Number.isNaN(score)) {
      return `fewer than ${params.minYears} of the ${params.years} years before have the week to ${week}, or they do not differ`
    }
    const deviation = history.value[i]
    return (
      `stocks in the week to ${week} are ${stocksWords(Math.abs(deviation), history.unit).slice(deviation === 0 ? 0 : 1)} ` +
      `${deviation < 0 ? 'below' : 'above'} the mean of the same week (${deviationWords(columnAt(history, 'zScore', i))}), ${verdict(score)}`
    )
  },
}
