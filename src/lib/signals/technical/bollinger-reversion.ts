import { closeOnly } from '../indicators/close-only.js'
import { bollinger } from '../indicators/bollinger.js'
import { computeIndicator } from '../indicators/compute-indicator.js'
import { gradedHistory } from '../graded-history.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, deviationWords, priceWords, verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

export const bollingerReversion: SignalDefinition = {
  name: 'bollinger',
  family: 'technical',
  title: 'Bollinger bands, faded',
  rule: 'long while the close is `entry` standard deviations (ddof 0) or more below its average, short while as far above; graded by that distance',
  parameters: SIGNAL_PARAMETERS.bollinger,
  needs: ['close'],
  shiftInvariant: true,
  warmUp: ({ period }) => period - 1,
  compute({ days, close, unit }, params) {
    const [upper, middle] = computeIndicator(bollinger, closeOnly(close), [params.period, 1])
    const deviation = upper.map((level, i) => level - middle[i])
    const value = close.map((price, i) => (deviation[i] > 1e-9 ? (price - middle[i]) / deviation[i] : Number.NaN))
    return gradedHistory(bollingerReversion, days, params, {
      value,
      unit: 'sd',
      x: value.map((distance) => -distance),
      columns: [
        { name: 'fromAverage', unit, values: close.map((price, i) => price - middle[i]) },
        { name: 'deviation', unit, values: deviation },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const { period, entry } = params
    if (Number.isNaN(score)) return warmUpWords(i, period - 1, `prices did not move for ${period} days`)
    const where = score === 0 ? `inside ±${entry} sd` : score > 0 ? 'below the lower band' : 'above the upper band'
    const { unit } = history.columns[1]
    return (
      `the close is ${deviationWords(history.value[i])} from its ${period}-day average ` +
      `(1 sd is ${priceWords(columnAt(history, 'deviation', i), unit)}), ${where}, ${verdict(score)}`
    )
  },
}
