import { closeDeviation } from '../close-deviation.js'
import { computeAnew } from '../indicator-cache.js'
import { barCount, ddofParameter, type Strategy } from '../strategy.js'

export const zscoreSpread: Strategy = {
  name: 'zscore-spread',
  summary: 'z-score of the close, against the move; made for spreads, which may be negative',
  rule: 'z of the last window closes, the current one among them: long where z < −entry, short where z > entry; a long is out at z > −exit, a short at z < exit; no deviation holds',
  parameters: [
    barCount('window', 20, 'Closes of the score.', 2),
    { name: 'entry', kind: 'number', default: 2, min: 0, max: 20, summary: 'Deviations beyond which to trade.' },
    { name: 'exit', kind: 'number', default: 0.5, min: 0, max: 20, summary: 'Deviations within which to be out.' },
    ddofParameter,
  ],
  conflict: ({ entry, exit }) => (exit <= entry ? null : `exit ${exit} is above entry ${entry}`),
  firstDecisionBar: ({ window }) => Number(window),
  prepare({ close }, { window, entry, exit, ddof }, cached = computeAnew) {
    const [mean, deviation] = closeDeviation(close, Number(window), ddof === 1 ? 1 : 0, cached)
    return (bar, held) => {
      if (!(deviation[bar] > 0)) return held
      const score = (close[bar] - mean[bar]) / deviation[bar]
      if (score < -Number(entry)) return 1
      if (score > Number(entry)) return -1
      if (held > 0 && score > -Number(exit)) return 0
      if (held < 0 && score < Number(exit)) return 0
      return held
    }
  },
}
