import { rollingMean } from '../../signals/rolling/rolling-mean.js'
import { computeAnew, type IndicatorCache } from '../indicator-cache.js'
import { barCount, type Strategy } from '../strategy.js'

/** Averages nearer than this are equal: rounding is no signal. */
const EPSILON = 1e-9

function meanOf(close: Float64Array, window: number, cached: IndicatorCache): Float64Array {
  const [column] = cached(`mean:close:${window}`, () => {
    const means = new Float64Array(close.length)
    rollingMean(close, window, means)
    return [means]
  })
  return column
}

export const maCrossover: Strategy = {
  name: 'ma-crossover',
  summary: 'Two simple moving averages of the close',
  rule: 'state: long while fast > slow + 1e-9, short while fast < slow − 1e-9, else hold. cross: acts only on the bar on which the sign of fast − slow becomes another',
  parameters: [
    barCount('fast', 10, 'Bars of the fast average.'),
    barCount('slow', 30, 'Bars of the slow average, more than fast.', 2),
    {
      name: 'mode',
      kind: 'choice',
      default: 'state',
      options: ['state', 'cross'],
      summary: 'Hold what the averages say, or wait for them to cross.',
    },
  ],
  conflict: ({ fast, slow }) => (fast < slow ? null : `fast ${fast} is not below slow ${slow}`),
  firstDecisionBar: ({ slow }) => Number(slow),
  prepare({ close }, { fast, slow, mode }, cached = computeAnew) {
    const quick = meanOf(close, Number(fast), cached)
    const steady = meanOf(close, Number(slow), cached)
    const start = Number(slow)
    if (mode !== 'cross') {
      return (bar, held) => {
        const difference = quick[bar] - steady[bar]
        return difference > EPSILON ? 1 : difference < -EPSILON ? -1 : held
      }
    }
    // The side before the first decision: what stands there already is no crossing.
    let side = 0
    const sideAt = (bar: number): number => {
      const difference = quick[bar] - steady[bar]
      return difference > EPSILON ? 1 : difference < -EPSILON ? -1 : 0
    }
    return (bar, held) => {
      if (bar === start) side = sideAt(bar - 1)
      const now = sideAt(bar)
      if (now === 0 || now === side) return held
      side = now
      return now > 0 ? 1 : -1
    }
  },
  sides({ close }, { fast, slow, mode }, cached = computeAnew) {
    if (mode === 'cross') return null
    return { above: meanOf(close, Number(fast), cached), below: meanOf(close, Number(slow), cached), margin: EPSILON }
  },
}
