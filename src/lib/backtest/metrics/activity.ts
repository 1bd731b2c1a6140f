import { countWhere } from './count-where.js'
import type { Metric } from './performance.js'

export const ACTIVITY_METRICS: readonly Metric[] = [
  {
    name: 'exposure',
    convention: 'share of the bars with a position at the close',
    value: ({ lots }) => countWhere(lots, (held) => held !== 0) / lots.length,
  },
  {
    name: 'turnoverLotsPerYear',
    convention: 'contracts bought and sold ÷ n × 252, without those of rolls',
    value: ({ tradedLots, returns, barsPerYear }) =>
      returns.length === 0 ? Number.NaN : (tradedLots * barsPerYear) / returns.length,
  },
  {
    name: 'grossCommission',
    convention: 'all commission, of open positions too, USD',
    value: ({ commissionUsd }) => commissionUsd,
  },
  {
    name: 'costPerTradedLotUsd',
    convention: '(commission + slippage) ÷ contracts bought and sold, without rolls, USD',
    value: ({ commissionUsd, slippageUsd, tradedLots }) =>
      tradedLots === 0 ? Number.NaN : (commissionUsd + slippageUsd) / tradedLots,
  },
]
