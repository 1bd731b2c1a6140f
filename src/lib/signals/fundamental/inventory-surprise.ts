import { surpriseSeries, surpriseZ } from '../../analytics/inventory-surprise.js'
import { isoFromDay } from '../../kernel/day.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, deviationWords, reportAgeWords, verdict } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'
import { reported } from './reported.js'
import { stocksWords } from './stocks-words.js'

export const inventorySurprise: SignalDefinition = {
  name: 'inventory-surprise',
  family: 'fundamental',
  title: 'Inventory surprise of the week',
  rule: 'weekly change of stocks less the mean change of the same week in past years (a model, not a consensus), in deviations of the surprises before: short after a larger build or smaller draw, long after the opposite; graded by that',
  parameters: SIGNAL_PARAMETERS['inventory-surprise'],
  needs: ['stocks'],
  shiftInvariant: true,
  warmUp: () => 0,
  conflict: ({ minYears, years }) => (minYears <= years ? null : `minYears ${minYears} is above years ${years}`),
  compute({ days, stocks }, params) {
    if (stocks === null) throw new RangeError('inventory-surprise was given no stocks')
    const { series } = stocks
    const { weeks, years, minYears } = params
    const { values, ...report } = reported(days, [series], params.maxAgeDays, 4, ({ period, values: [level] }) => {
      const { change, expected, surprise } = surpriseSeries(period, level, null, { years, minYears })
      const z = surprise.map((_, at) => surpriseZ(surprise, at, weeks).value ?? Number.NaN)
      return [surprise, change, expected, z]
    })
    const [surprise, change, expected, z] = values
    return gradedHistory(inventorySurprise, days, params, {
      value: surprise,
      unit: series.unit,
      x: z.map((score) => -score),
      ...report,
      columns: [
        { name: 'change', unit: series.unit, values: change },
        { name: 'expected', unit: series.unit, values: expected },
        { name: 'surpriseZ', unit: 'sd', values: z },
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
      return Number.isNaN(history.value[i])
        ? `the week to ${week} has no surprise: ${params.minYears} of the ${params.years} years before must have it`
        : `fewer than ${params.weeks} surprises are known before the week to ${week}`
    }
    const { unit } = history
    return (
      `stocks moved by ${stocksWords(columnAt(history, 'change', i), unit)} in the week to ${week} where past years say ` +
      `${stocksWords(columnAt(history, 'expected', i), unit)}: a surprise of ${stocksWords(history.value[i], unit)} ` +
      `(${deviationWords(columnAt(history, 'surpriseZ', i))}), ${verdict(score)}`
    )
  },
}
