import { closeDeviation } from '../close-deviation.js'
import { computeAnew } from '../indicator-cache.js'
import { barCount, ddofParameter, type Strategy } from '../strategy.js'

export const calendarSpread: Strategy = {
  name: 'calendar-spread',
  summary: 'z-score of a calendar spread, against the move and not against the carry',
  rule: 'z of the last window values of the spread, the current one among them: long where z < −entry, short where z > entry; a long is out at z > −exit, a short at z < exit; no deviation holds. carry with: long only where near ≥ far as settled, short only where near ≤ far; what turns against the carry is closed',
  parameters: [
    barCount('window', 60, 'Values of the score.', 2),
    { name: 'entry', kind: 'number', default: 1.5, min: 0, max: 20, summary: 'Deviations beyond which to trade.' },
    { name: 'exit', kind: 'number', default: 0.5, min: 0, max: 20, summary: 'Deviations within which to be out.' },
    {
      name: 'level',
      kind: 'choice',
      default: 'quoted',
      options: ['quoted', 'joined'],
      summary: 'Near − far of the contracts held as settled, or joined without the gaps of rolls.',
    },
    {
      name: 'carry',
      kind: 'choice',
      default: 'with',
      options: ['with', 'any'],
      summary: 'Whether the sign of the spread as settled limits the side.',
    },
    ddofParameter,
  ],
  conflict: ({ entry, exit }) => (exit <= entry ? null : `exit ${exit} is above entry ${entry}`),
  firstDecisionBar: ({ window }) => Number(window),
  prepare(bars, { window, entry, exit, level, carry, ddof }, cached = computeAnew) {
    const quoted = bars.price ?? bars.close
    const values = level === 'quoted' ? quoted : bars.close
    // Joined and quoted levels have each their own place in the cache.
    const [mean, deviation] =
      values === bars.close
        ? closeDeviation(values, Number(window), ddof === 1 ? 1 : 0, cached)
        : closeDeviation(values, Number(window), ddof === 1 ? 1 : 0, (key, make) => cached(`quoted:${key}`, make))
    const limited = carry === 'with'
    const high = Number(entry)
    const low = Number(exit)
    const wanted = (bar: number, held: number): number => {
      if (!(deviation[bar] > 0)) return held
      const score = (values[bar] - mean[bar]) / deviation[bar]
      if (score < -high) return 1
      if (score > high) return -1
      if (held > 0 && score > -low) return 0
      if (held < 0 && score < low) return 0
      return held
    }
    return (bar, held) => {
      const target = wanted(bar, held)
      return limited && target * quoted[bar] < 0 ? 0 : target
    }
  },
}
