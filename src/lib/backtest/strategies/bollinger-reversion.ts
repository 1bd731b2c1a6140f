import { computeAnew } from '../indicator-cache.js'
import { closeDeviation } from '../close-deviation.js'
import { barCount, ddofParameter, type Strategy } from '../strategy.js'

export const bollingerReversion: Strategy = {
  name: 'bollinger-reversion',
  summary: 'Bollinger bands, against the move',
  rule: 'long where close ≤ lower band, short where close ≥ upper band; a long is out at close ≥ middle, a short at close ≤ middle; bands without width hold',
  parameters: [
    barCount('window', 20, 'Bars of the bands, the current one among them.', 2),
    { name: 'deviations', kind: 'number', default: 2, min: 0.01, max: 10, summary: 'Half width of the bands.' },
    ddofParameter,
  ],
  firstDecisionBar: ({ window }) => Number(window),
  prepare({ close }, { window, deviations, ddof }, cached = computeAnew) {
    const [middle, deviation] = closeDeviation(close, Number(window), ddof === 1 ? 1 : 0, cached)
    const width = Number(deviations)
    return (bar, held) => {
      const price = close[bar]
      const half = width * deviation[bar]
      if (!(half > 0)) return held
      if (price <= middle[bar] - half) return 1
      if (price >= middle[bar] + half) return -1
      if (held > 0 && price >= middle[bar]) return 0
      if (held < 0 && price <= middle[bar]) return 0
      return held
    }
  },
}
