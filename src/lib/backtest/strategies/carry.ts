import { extraColumn } from '../extra-column.js'
import { barCount, type ParameterValues, type Strategy } from '../strategy.js'

const columnOf = ({ near, far }: ParameterValues): string => `roll-yield:${near}:${far}`

export const carry: Strategy = {
  name: 'carry',
  summary: 'Long what the curve pays to hold, short what it charges for',
  rule: 'mean of the last smooth known roll yields, ln(near ÷ far) × 365 ÷ days between the last trading days, as settled: long above entry, short below −entry; a long is out below exit, a short above −exit; a day on which either settles at or below zero has none',
  parameters: [
    {
      name: 'near',
      kind: 'integer',
      default: 1,
      min: 1,
      max: 36,
      summary: 'Contract of the near settlement; 1 is the one held.',
    },
    { name: 'far', kind: 'integer', default: 2, min: 2, max: 37, summary: 'Contract of the far settlement.' },
    barCount('smooth', 20, 'Roll yields of the mean.'),
    { name: 'entry', kind: 'number', default: 0, min: 0, max: 10, summary: 'Roll yield a year beyond which to trade.' },
    {
      name: 'exit',
      kind: 'number',
      default: 0,
      min: -10,
      max: 10,
      summary: 'Roll yield a year within which to be out.',
    },
  ],
  conflict: ({ near, far, entry, exit }) =>
    near >= far ? `near ${near} is not below far ${far}` : exit > entry ? `exit ${exit} is above entry ${entry}` : null,
  columns: (values) => [columnOf(values)],
  firstDecisionBar: ({ smooth }) => Number(smooth) - 1,
  prepare(bars, values) {
    const mean = meanOfKnown(extraColumn(bars, columnOf(values)), Number(values['smooth']))
    const entry = Number(values['entry'])
    const exit = Number(values['exit'])
    return (bar, held) => {
      const pay = mean[bar]
      if (pay > entry) return 1
      if (pay < -entry) return -1
      if (held > 0 && pay < exit) return 0
      if (held < 0 && pay > -exit) return 0
      return held
    }
  },
}

/** Mean of the last `count` values that are known; NaN while there are fewer. */
function meanOfKnown(values: Float64Array, count: number): Float64Array {
  const known = values.filter((value) => value === value)
  const mean = new Float64Array(values.length).fill(Number.NaN)
  let seen = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] === values[i]) seen++
    if (seen < count) continue
    let sum = 0
    for (let j = seen - count; j < seen; j++) sum += known[j]
    mean[i] = sum / count
  }
  return mean
}
