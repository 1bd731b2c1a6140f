import { barCount, type Strategy } from '../strategy.js'

export const timeSeriesMomentum: Strategy = {
  name: 'time-series-momentum',
  summary: 'Follows the change of a year, at one volatility',
  rule: 'every so many bars: long where close > close lookback bars before, short where it is below, hold where equal; sized to target-vol of equity a year by the deviation of the last vol-window changes. T. Moskowitz, Y. H. Ooi, L. H. Pedersen (2012), "Time series momentum"',
  parameters: [
    barCount('lookback', 252, 'Bars of the change.'),
    barCount('every', 21, 'Bars from one decision to the next.'),
    {
      name: 'target-vol',
      kind: 'number',
      default: 0.15,
      min: 0.001,
      max: 5,
      summary: 'Annual volatility to equity; --sizing in its place.',
    },
    barCount('vol-window', 60, 'Price changes of the deviation.', 2),
  ],
  sizing: (values) => ({
    kind: 'vol-target',
    targetVol: Number(values['target-vol']),
    window: Number(values['vol-window']),
  }),
  firstDecisionBar: ({ lookback }) => Number(lookback),
  prepare({ close }, values) {
    const lookback = Number(values['lookback'])
    const every = Number(values['every'])
    return (bar, held) => {
      if ((bar - lookback) % every !== 0) return held
      const change = close[bar] - close[bar - lookback]
      return change > 0 ? 1 : change < 0 ? -1 : held
    }
  },
}
