import { gradedHistory } from '../graded-history.js'
import { adx } from '../indicators/adx.js'
import { computeIndicator } from '../indicators/compute-indicator.js'
import { minusDi } from '../indicators/minus-di.js'
import { plusDi } from '../indicators/plus-di.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

/** Whole numbers, so that a high as far up as the low is down is a tie at every price level, and not by luck of rounding. */
const inMillionths = (price: number): number => Math.round(price * 1e6)

export const adxTrend: SignalDefinition = {
  name: 'adx-trend',
  family: 'technical',
  title: 'Trend with an ADX filter',
  rule: 'neutral while ADX is below `entry`; above it long where +DI is above −DI, short where below; graded by ADX. Highs and lows of the bars about the joined close; a day without a bar is its close',
  parameters: SIGNAL_PARAMETERS['adx-trend'],
  needs: ['close', 'range'],
  shiftInvariant: true,
  warmUp: ({ period }) => 2 * period - 1,
  compute({ days, close, range }, params) {
    const whole = close.map(inMillionths)
    const high = whole.map(
      (price, i) => price + (range !== null && range.above[i] > 0 ? inMillionths(range.above[i]) : 0),
    )
    const low = whole.map(
      (price, i) => price - (range !== null && range.below[i] > 0 ? inMillionths(range.below[i]) : 0),
    )
    const input = { open: whole, high, low, close: whole, volume: whole }
    const [strength] = computeIndicator(adx, input, [params.period])
    const [plus] = computeIndicator(plusDi, input, [params.period])
    const [minus] = computeIndicator(minusDi, input, [params.period])
    return gradedHistory(adxTrend, days, params, {
      value: strength,
      unit: 'points',
      // no directional movement at all is no trend, and +DI at −DI has no direction
      x: strength.map((points, i) => points * Math.sign(plus[i] - minus[i])),
      columns: [
        { name: 'plusDi', unit: 'points', values: plus },
        { name: 'minusDi', unit: 'points', values: minus },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    if (Number.isNaN(score)) return warmUpWords(i, adxTrend.warmUp(params), 'prices did not move')
    const trend = history.value[i] < params.entry ? `below ${params.entry}: no trend` : 'a trend'
    const [plus, minus] = [columnAt(history, 'plusDi', i), columnAt(history, 'minusDi', i)]
    return (
      `ADX(${params.period}) ${history.value[i].toFixed(1)} is ${trend}; ` +
      `+DI ${plus.toFixed(1)} against −DI ${minus.toFixed(1)}, ${verdict(score)}`
    )
  },
}
