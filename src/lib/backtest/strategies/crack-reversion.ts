import { rollingDeviation } from '../../signals/rolling/rolling-deviation.js'
import { computeAnew } from '../indicator-cache.js'
import type { PriceBars } from '../price-bars.js'
import { barCount, ddofParameter, type Strategy } from '../strategy.js'

export const crackReversion: Strategy = {
  name: 'crack-reversion',
  summary: 'Refining margins come back: z-score of a crack, with a stop',
  rule: 'z of the last window values of the crack, the current one among them: long where −stop < z < −entry, short where entry < z < stop; a long is out at z > −exit or z ≤ −stop, a short at z < exit or z ≥ stop, and after a stop nothing is traded until |z| < entry. season month: less the mean of the same calendar month in earlier years',
  parameters: [
    barCount('window', 60, 'Values of the score.', 2),
    { name: 'entry', kind: 'number', default: 2, min: 0, max: 20, summary: 'Deviations beyond which to trade.' },
    { name: 'exit', kind: 'number', default: 0.5, min: 0, max: 20, summary: 'Deviations within which to be out.' },
    { name: 'stop', kind: 'number', default: 4, min: 0.1, max: 100, summary: 'Deviations at which to give up.' },
    {
      name: 'season',
      kind: 'choice',
      default: 'none',
      options: ['none', 'month'],
      summary: 'What is taken from the crack before.',
    },
    ddofParameter,
  ],
  conflict: ({ entry, exit, stop }) =>
    exit <= entry && entry < stop ? null : `exit ${exit}, entry ${entry}, stop ${stop} do not ascend`,
  firstDecisionBar: ({ window }) => Number(window),
  prepare(bars, { window, entry, exit, stop, season, ddof }, cached = computeAnew) {
    const [values, mean, deviation] = cached(`crack:${season}:${window}:${ddof}`, () => {
      const level = season === 'month' ? withoutSeason(bars) : bars.close
      const centre = new Float64Array(level.length)
      const spread = new Float64Array(level.length)
      rollingDeviation(level, Number(window), ddof === 1 ? 1 : 0, centre, spread)
      return [level, centre, spread]
    })
    let stopped = false
    return (bar, held) => {
      if (!(deviation[bar] > 0)) return held
      const score = (values[bar] - mean[bar]) / deviation[bar]
      const size = Math.abs(score)
      if (size < Number(entry)) stopped = false
      if (held !== 0 && held * score < 0 && size >= Number(stop)) stopped = true
      if (stopped || size >= Number(stop)) return 0
      if (score < -Number(entry)) return 1
      if (score > Number(entry)) return -1
      if (held > 0 && score > -Number(exit)) return 0
      if (held < 0 && score < Number(exit)) return 0
      return held
    }
  },
}

/** Each close less the mean of the closes of its calendar month in earlier years; NaN in the first year of a month. */
function withoutSeason({ timeMs, close }: PriceBars): Float64Array {
  const sums = new Float64Array(12)
  const counts = new Float64Array(12)
  /** Of the month that runs: it counts from the next year on. */
  const running = { key: -1, month: 0, sum: 0, count: 0 }
  return close.map((price, bar) => {
    const date = new Date(timeMs[bar])
    const month = date.getUTCMonth()
    const key = date.getUTCFullYear() * 12 + month
    if (key !== running.key) {
      sums[running.month] += running.sum
      counts[running.month] += running.count
      Object.assign(running, { key, month, sum: 0, count: 0 })
    }
    running.sum += price
    running.count++
    return counts[month] === 0 ? Number.NaN : price - sums[month] / counts[month]
  })
}
