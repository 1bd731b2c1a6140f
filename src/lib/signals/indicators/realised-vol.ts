import { DAYS_PER_YEAR, logRatio } from '../rolling/log-ratio.js'
import { rollingDeviation } from '../rolling/rolling-deviation.js'
import { bars, type Indicator } from './indicator.js'

export const realisedVol: Indicator = {
  name: 'realised-vol',
  title: 'Realised volatility, close to close',
  formula: '100·√252·standard deviation (ddof 1) of n daily ln(close/close before); undefined across prices ≤ 0',
  unit: 'percent per year',
  panel: 'own',
  divides: true,
  inputs: ['close'],
  parameters: [bars('period', 21)],
  outputs: ['realised_vol'],
  warmUp: ([period]) => period,
  kernel([close], [period], [out]) {
    const moves = new Float64Array(close.length)
    for (let i = 1; i < close.length; i++) moves[i] = logRatio(close[i], close[i - 1])
    rollingDeviation(moves, period, 1, new Float64Array(close.length), out, 1)
    const scale = 100 * Math.sqrt(DAYS_PER_YEAR)
    for (let i = period; i < close.length; i++) out[i] *= scale
  },
}
