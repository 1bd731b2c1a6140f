import type { Strategy } from '../strategy.js'

export const buyHold: Strategy = {
  name: 'buy-hold',
  summary: 'Buys once and holds',
  rule: 'long from the close of bar 1 on: filled at the open of bar 2',
  parameters: [],
  firstDecisionBar: () => 1,
  prepare: () => () => 1,
}
