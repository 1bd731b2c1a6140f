import { dailyVolatility } from '../daily-volatility.js'
import { gradedHistory } from '../graded-history.js'
import { rollingMean } from '../rolling/rolling-mean.js'
import { SIGNAL_PARAMETERS, type SignalName } from '../signal-parameters.js'
import { columnAt, deviationWords, priceWords, verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

const RULE =
  'long while the fast average of closes is above the slow one, short while below; graded by gap ÷ (σ·(slow − fast)/√(3·slow)), the gap’s deviation in a random walk'

/** Two simple moving averages; the gap is measured in what it would be by chance. */
function maCrossover(name: SignalName, title: string): SignalDefinition {
  const definition: SignalDefinition = {
    name,
    family: 'technical',
    title,
    rule: RULE,
    parameters: SIGNAL_PARAMETERS[name],
    needs: ['close'],
    shiftInvariant: true,
    warmUp: ({ slow, volatilityDays }) => Math.max(slow - 1, volatilityDays),
    conflict: ({ fast, slow }) => (fast < slow ? null : `fast ${fast} is not below slow ${slow}`),
    compute({ days, close, unit }, params) {
      const { fast, slow, volatilityDays } = params
      const quick = new Float64Array(close.length)
      const steady = new Float64Array(close.length)
      rollingMean(close, fast, quick)
      rollingMean(close, slow, steady)
      const volatility = dailyVolatility(close, volatilityDays)
      const byChance = (slow - fast) / Math.sqrt(3 * slow)
      const gap = quick.map((mean, i) => mean - steady[i])
      const x = gap.map((points, i) => (volatility[i] > 0 ? points / (volatility[i] * byChance) : Number.NaN))
      return gradedHistory(definition, days, params, {
        value: gap,
        unit,
        x,
        columns: [
          { name: 'gapSd', unit: 'sd', values: x },
          { name: 'volatility', unit: `${unit} a day`, values: volatility },
        ],
      })
    },
    reason(history, i, params) {
      const { fast, slow } = params
      const score = history.score[i]
      if (Number.isNaN(score)) return warmUpWords(i, definition.warmUp(params), 'prices did not move')
      const gap = history.value[i]
      return (
        `the ${fast}-day average is ${priceWords(Math.abs(gap), history.unit)} ${gap < 0 ? 'below' : 'above'} the ${slow}-day one ` +
        `(${deviationWords(columnAt(history, 'gapSd', i))}), ${verdict(score)}`
      )
    },
  }
  return definition
}

export const maCrossFast = maCrossover('ma-cross-fast', 'Moving averages 5 and 20')
export const maCrossMedium = maCrossover('ma-cross-medium', 'Moving averages 10 and 50')
export const maCrossSlow = maCrossover('ma-cross-slow', 'Moving averages 20 and 100')
export const maCrossLong = maCrossover('ma-cross-long', 'Moving averages 50 and 200')
