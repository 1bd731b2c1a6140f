import { exponentialMean } from '../rolling/exponential-mean.js'
import { bars, type Indicator } from './indicator.js'

export const macd: Indicator = {
  name: 'macd',
  title: 'Moving average convergence divergence',
  formula: 'EMA(fast) − EMA(slow), both seeded at the slow one’s first bar; signal: its EMA; histogram: line − signal',
  unit: 'price',
  panel: 'own',
  levels: [0],
  inputs: ['close'],
  parameters: [bars('fast', 12), bars('slow', 26), bars('signal', 9, 1)],
  outputs: ['macd', 'macd_signal', 'macd_histogram'],
  warmUp: ([, slow, signal]) => slow + signal - 2,
  conflict: ([fast, slow]) => (fast < slow ? null : `fast ${fast} is not below slow ${slow}`),
  kernel([close], [fast, slow, signal], [line, signalLine, histogram]) {
    const first = slow - 1
    exponentialMean(close, slow, histogram)
    exponentialMean(close, fast, line, slow - fast)
    for (let i = first; i < close.length; i++) line[i] -= histogram[i]
    exponentialMean(line, signal, signalLine, first)
    const warm = first + signal - 1
    for (let i = warm; i < close.length; i++) histogram[i] = line[i] - signalLine[i]
  },
}
