import { fullCarryFraction } from '../../analytics/full-carry.js'
import { sameDateYearsBefore } from '../../analytics/seasonal-rank.js'
import { lowerBound } from '../../kernel/lower-bound.js'
import { mean, sampleSd } from '../../kernel/moments.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, deviationWords, moveWords, verdict } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

export const termStructure: SignalDefinition = {
  name: 'term-structure',
  family: 'fundamental',
  title: 'Prompt spread for the season',
  rule: 'contract held less the one two months behind it, against the same dates (± windowDays) of past years in their deviations: long where prompt barrels are dearer than the season makes them, short where cheaper; graded by that',
  parameters: SIGNAL_PARAMETERS['term-structure'],
  needs: ['curve'],
  shiftInvariant: true,
  warmUp: ({ minYears }) => FEWEST_DAYS_A_YEAR * minYears,
  conflict: ({ minYears, years }) => (minYears <= years ? null : `minYears ${minYears} is above years ${years}`),
  compute({ days, curve, carry, unit }, params) {
    const { years, minYears, windowDays } = params
    const { near, second, secondDays, usdPerBbl } = curve
    const n = days.length
    const value = near.map((price, i) => price - second[i])
    const seasonMean = new Float64Array(n).fill(Number.NaN)
    const z = new Float64Array(n).fill(Number.NaN)
    const found = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const sample: number[] = []
      for (let back = 1; back <= years; back++) {
        const centre = sameDateYearsBefore(days[i], back)
        if (centre + windowDays < days[0]) break
        const before = sample.length
        for (let j = lowerBound(days, centre - windowDays); j < i && days[j] <= centre + windowDays; j++) {
          if (!Number.isNaN(value[j])) sample.push(value[j])
        }
        if (sample.length > before) found[i]++
      }
      if (found[i] < minYears) continue
      seasonMean[i] = mean(sample)
      const deviation = sampleSd(sample)
      z[i] = deviation > 1e-9 ? (value[i] - seasonMean[i]) / deviation : Number.NaN
    }
    const fraction = near.map((price, i) =>
      usdPerBbl === null
        ? Number.NaN
        : fullCarryFraction(price * usdPerBbl, second[i] * usdPerBbl, secondDays[i], carry),
    )
    return gradedHistory(termStructure, days, params, {
      value,
      unit,
      x: z,
      columns: [
        { name: 'near', unit, values: near },
        { name: 'second', unit, values: second },
        { name: 'seasonMean', unit, values: seasonMean },
        { name: 'zScore', unit: 'sd', values: z },
        { name: 'years', unit: 'years', values: found },
        { name: 'fullCarryFraction', unit: 'fraction', values: fraction },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const value = history.value[i]
    if (Number.isNaN(value)) return 'one of the two contracts has no settlement'
    if (Number.isNaN(score)) {
      const years = columnAt(history, 'years', i)
      return years < params.minYears
        ? `${years} of the past years have this time of the year, ${params.minYears} are needed`
        : 'the past years do not differ'
    }
    const shape = value > 0 ? 'backwardation' : value < 0 ? 'contango' : 'flat'
    const fraction = columnAt(history, 'fullCarryFraction', i)
    // elsewhere the season between the two months is most of it
    const carry =
      history.unit === 'USD/bbl' && value < 0 && !Number.isNaN(fraction)
        ? `, ${(100 * fraction).toFixed(0)} % of full carry`
        : ''
    return (
      `the prompt two-month spread is ${moveWords(value, history.unit)} (${shape}${carry}) where the season says ` +
      `${moveWords(columnAt(history, 'seasonMean', i), history.unit)} (${deviationWords(columnAt(history, 'zScore', i))}), ${verdict(score)}`
    )
  },
}

/** No exchange has fewer settlements a year. */
const FEWEST_DAYS_A_YEAR = 240
