import { dailyVolatility } from '../daily-volatility.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, deviationWords, moveWords, verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

/** Price change over a window in units of what a random walk of today's volatility would give. */
function priceMomentum(name: 'momentum' | 'time-series-momentum', title: string, source: string): SignalDefinition {
  const definition: SignalDefinition = {
    name,
    family: 'technical',
    title,
    rule: `long while the contract-true change over the window is positive, short while negative; graded by change ÷ (σ·√window)${source}`,
    parameters: SIGNAL_PARAMETERS[name],
    needs: ['close'],
    shiftInvariant: true,
    warmUp: ({ lookback, volatilityDays }) => Math.max(lookback, volatilityDays),
    compute({ days, close, unit }, params) {
      const { lookback, volatilityDays } = params
      const volatility = dailyVolatility(close, volatilityDays)
      const change = close.map((price, i) => (i < lookback ? Number.NaN : price - close[i - lookback]))
      const x = change.map((points, i) =>
        volatility[i] > 0 ? points / (volatility[i] * Math.sqrt(lookback)) : Number.NaN,
      )
      return gradedHistory(definition, days, params, {
        value: change,
        unit,
        x,
        columns: [
          { name: 'changeSd', unit: 'sd', values: x },
          { name: 'volatility', unit: `${unit} a day`, values: volatility },
        ],
      })
    },
    reason(history, i, params) {
      const score = history.score[i]
      if (Number.isNaN(score)) return warmUpWords(i, definition.warmUp(params), 'prices did not move')
      return (
        `${moveWords(history.value[i], history.unit)} in ${params.lookback} days without roll gaps ` +
        `(${deviationWords(columnAt(history, 'changeSd', i))}), ${verdict(score)}`
      )
    },
  }
  return definition
}

export const momentum = priceMomentum('momentum', 'Momentum of a month', '')

export const timeSeriesMomentum = priceMomentum(
  'time-series-momentum',
  'Time-series momentum of a year',
  '. T. Moskowitz, Y. H. Ooi, L. H. Pedersen (2012), "Time series momentum"',
)
