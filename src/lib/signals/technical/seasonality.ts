import { sameDateYearsBefore } from '../../analytics/seasonal-rank.js'
import { lowerBound } from '../../kernel/lower-bound.js'
import { mean, sampleSd } from '../../kernel/moments.js'
import { dailyVolatility } from '../daily-volatility.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, verdict } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

/** No exchange has fewer settlements a year. */
const FEWEST_DAYS_A_YEAR = 240

/** The same date of a year whose next settlement is farther off than this is not in the data. */
const NEAR_DAYS = 7

export const seasonality: SignalDefinition = {
  name: 'seasonality',
  family: 'technical',
  title: 'Seasonality of past years',
  rule: 'what the price did in the next `horizon` days from the same date of each past year, in units of σ·√horizon of then: long where the mean is positive, short where negative; graded by its t-statistic',
  parameters: SIGNAL_PARAMETERS.seasonality,
  needs: ['close'],
  shiftInvariant: true,
  warmUp: ({ minYears, volatilityDays }) => FEWEST_DAYS_A_YEAR * minYears + volatilityDays,
  conflict: ({ minYears, years }) => (minYears <= years ? null : `minYears ${minYears} is above years ${years}`),
  compute({ days, close }, params) {
    const { horizon, years, minYears, volatilityDays } = params
    const volatility = dailyVolatility(close, volatilityDays)
    const n = days.length
    const value = new Float64Array(n).fill(Number.NaN)
    const t = new Float64Array(n).fill(Number.NaN)
    const found = new Float64Array(n)
    const rose = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const sample: number[] = []
      for (let back = 1; back <= years; back++) {
        const centre = sameDateYearsBefore(days[i], back)
        if (centre < days[0]) break
        const from = lowerBound(days, centre)
        // a year’s window must have ended: of the year before it always has, unless the horizon is a year
        if (from + horizon > i || days[from] - centre > NEAR_DAYS || !(volatility[from] > 0)) continue
        sample.push((close[from + horizon] - close[from]) / (volatility[from] * Math.sqrt(horizon)))
      }
      found[i] = sample.length
      rose[i] = sample.filter((move) => move > 0).length
      if (sample.length < minYears) continue
      value[i] = mean(sample)
      const deviation = sampleSd(sample)
      t[i] = deviation > 0 ? value[i] / (deviation / Math.sqrt(sample.length)) : Number.NaN
    }
    return gradedHistory(seasonality, days, params, {
      value,
      unit: 'sd',
      x: t,
      columns: [
        { name: 'tStatistic', unit: 'number', values: t },
        { name: 'years', unit: 'years', values: found },
        { name: 'yearsUp', unit: 'years', values: rose },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const years = columnAt(history, 'years', i)
    if (Number.isNaN(score)) {
      return years < params.minYears
        ? `${years} of the past years have the ${params.horizon} days that follow this date, ${params.minYears} are needed`
        : 'the past years do not differ'
    }
    return (
      `the next ${params.horizon} days rose in ${columnAt(history, 'yearsUp', i)} of ${years} past years, by ` +
      `${history.value[i].toFixed(2)} sd on average (t ${columnAt(history, 'tStatistic', i).toFixed(1)}), ${verdict(score)}`
    )
  },
}
