import { dailyVolatility } from '../daily-volatility.js'
import { gradedHistory } from '../graded-history.js'
import { closeOnly } from '../indicators/close-only.js'
import { computeIndicator } from '../indicators/compute-indicator.js'
import { macd } from '../indicators/macd.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, moveWords, verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

export const macdTrend: SignalDefinition = {
  name: 'macd',
  family: 'technical',
  title: 'MACD histogram',
  rule: 'long while MACD is above its signal line, short while below; graded by histogram ÷ σ of daily changes',
  parameters: SIGNAL_PARAMETERS.macd,
  needs: ['close'],
  shiftInvariant: true,
  warmUp: ({ slow, signal, volatilityDays }) => Math.max(slow + signal - 2, volatilityDays),
  conflict: ({ fast, slow }) => (fast < slow ? null : `fast ${fast} is not below slow ${slow}`),
  compute({ days, close, unit }, params) {
    const { fast, slow, signal, volatilityDays } = params
    const [line, signalLine, histogram] = computeIndicator(macd, closeOnly(close), [fast, slow, signal])
    const volatility = dailyVolatility(close, volatilityDays)
    return gradedHistory(macdTrend, days, params, {
      value: histogram,
      unit,
      x: histogram.map((points, i) => (volatility[i] > 0 ? points / volatility[i] : Number.NaN)),
      columns: [
        { name: 'macd', unit, values: line },
        { name: 'signalLine', unit, values: signalLine },
        { name: 'volatility', unit: `${unit} a day`, values: volatility },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    if (Number.isNaN(score)) return warmUpWords(i, macdTrend.warmUp(params), 'prices did not move')
    const { unit } = history
    const value = history.value[i]
    return (
      `MACD ${moveWords(columnAt(history, 'macd', i), unit)} is ${value < 0 ? 'below' : 'above'} its signal line ` +
      `${moveWords(columnAt(history, 'signalLine', i), unit)} by ${moveWords(value, unit)}, ${verdict(score)}`
    )
  },
}
