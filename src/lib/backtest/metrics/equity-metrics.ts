import { GrowingColumns } from '../growing-columns.js'
import { FILL_COLUMNS, TRADE_COLUMNS } from '../records.js'
import { METRICS } from './measure.js'
import { performanceOf } from './performance.js'

/** Metrics that ask for equity alone, in the order in which they are compared. */
const OF_EQUITY = [
  'totalReturn',
  'cagr',
  'annualVol',
  'sharpe',
  'probabilisticSharpe',
  'sortino',
  'calmar',
  'omega',
  'maxDrawdown',
  'maxDrawdownCash',
  'ulcerIndex',
  'skew',
  'kurtosisExcess',
  'var95',
  'cvar95',
  'bestReturn',
  'worstReturn',
] as const

const measured = OF_EQUITY.flatMap((name) => METRICS.filter((metric) => metric.name === name))

const NO_ROWS = { fills: new GrowingColumns(FILL_COLUMNS).rows(), trades: new GrowingColumns(TRADE_COLUMNS).rows() }

/** What equity alone says, by name; null where it is undefined. The first peak is the first equity. */
export function equityMetrics(equityUsd: Float64Array): { readonly name: string; readonly value: number | null }[] {
  const performance = performanceOf(
    { equityUsd, lots: new Float64Array(equityUsd.length), ...NO_ROWS, commissionUsd: 0, slippageUsd: 0 },
    equityUsd[0],
    null,
  )
  return measured.map(({ name, value }) => {
    const number = value(performance)
    return { name, value: Number.isFinite(number) ? number : null }
  })
}
