import { gradedHistory } from '../graded-history.js'
import { adx } from '../indicators/adx.js'
import { closeOnly } from '../indicators/close-only.js'
import { computeIndicator } from '../indicators/compute-indicator.js'
import { minusDi } from '../indicators/minus-di.js'
import { plusDi } from '../indicators/plus-di.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

/** Whole numbers, so that equal moves up and down are equal at every price level, and not by luck of rounding. */
const inMillionths = (price: number): number => Math.round(price * 1e6)

export const adxTrend: SignalDefinition = {
  name: 'adx-trend',
  family: 'technical',
  title: 'Trend with an ADX filter',
  rule: 'neutral while ADX is below `entry`; above it long where +DI is above −DI, short where below; graded by ADX. Of settlements alone: bars are of the front month, which is another contract than the one held in its last days',
  parameters: SIGNAL_PARAMETERS['adx-trend'],
  needs: ['close'],
  shiftInvariant: true,
  warmUp: ({ period }) => 2 * period - 1,
  compute({ days, close }, params) {
    const input = closeOnly(close.map(inMillionths))
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
