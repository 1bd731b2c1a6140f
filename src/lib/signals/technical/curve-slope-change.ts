import { gradedHistory } from '../graded-history.js'
import { rollingPlace } from '../rolling-place.js'
import { SIGNAL_PARAMETERS } from '../signal-parameters.js'
import { columnAt, deviationWords, verdict, warmUpWords } from '../signal-words.js'
import type { SignalDefinition } from '../signal.js'

export const curveSlopeChange: SignalDefinition = {
  name: 'curve-slope',
  family: 'technical',
  title: 'Curve slope against its recent past',
  rule: 'least-squares slope over twelve contracts from the one held on, in deviations from its mean of the window: long while the curve is flatter or more backwardated than it was, short while steeper; graded by that',
  parameters: SIGNAL_PARAMETERS['curve-slope'],
  needs: ['curve'],
  shiftInvariant: true,
  warmUp: ({ window }) => window - 1,
  compute({ days, curve, unit }, params) {
    const { mean, zScore } = rollingPlace(curve.slope, params.window)
    return gradedHistory(curveSlopeChange, days, params, {
      value: curve.slope,
      unit: `${unit} a month`,
      x: zScore.map((z) => -z),
      columns: [
        { name: 'windowMean', unit: `${unit} a month`, values: mean },
        { name: 'slopeSd', unit: 'sd', values: zScore },
      ],
    })
  },
  reason(history, i, params) {
    const score = history.score[i]
    const slope = history.value[i]
    if (Number.isNaN(score)) {
      return warmUpWords(
        i,
        params.window - 1,
        Number.isNaN(slope)
          ? 'fewer than six of the twelve contracts settled'
          : 'a day of the window has no slope, or the slope did not vary',
      )
    }
    const shape = slope > 0 ? 'contango' : slope < 0 ? 'backwardation' : 'flat'
    return (
      `the slope is ${slope.toFixed(4)} ${history.unit} (${shape}), ${deviationWords(columnAt(history, 'slopeSd', i))} ` +
      `from its ${params.window}-day mean ${columnAt(history, 'windowMean', i).toFixed(4)}, ${verdict(score)}`
    )
  },
}
