import type { StrategyModule } from 'contango/types/strategy.js'

interface Parameters {
  readonly trend: number
  readonly dip: number
  readonly patience: number
}

/** Buys a dip inside a rising trend, and leaves it after some bars or when the trend is over. */
const pullback: StrategyModule<Parameters, { bars: number }> = {
  name: 'pullback',
  summary: 'Dips inside a rising trend',
  rule: 'long where the close is above its mean of trend bars and the RSI of 5 is below dip; flat after patience bars or below the mean',
  parameters: {
    trend: { kind: 'integer', default: 100, min: 2, max: 1000, summary: 'Bars of the mean.' },
    dip: { default: 30, min: 0, max: 100, summary: 'The RSI below which to buy.' },
    patience: { kind: 'integer', default: 10, min: 1, max: 1000, summary: 'Bars after which to leave.' },
  },
  warmUp: ({ trend }) => trend,
  init: () => ({ bars: 0 }),
  onBar(ctx) {
    const { parameters, state, target } = ctx
    const rising = ctx.close(0) > ctx.indicator(`sma:${parameters.trend}`)
    if (target === 0) {
      state.bars = 0
      return rising && ctx.indicator('rsi:5') < parameters.dip ? 1 : 0
    }
    state.bars++
    return !rising || state.bars >= parameters.patience ? 0 : 1
  },
}

export default pullback
