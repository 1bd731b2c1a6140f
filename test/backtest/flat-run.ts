import { FILL_COLUMNS, TRADE_COLUMNS } from '../../src/lib/backtest/records.js'
import type { performanceOf } from '../../src/lib/backtest/metrics/performance.js'

const none = <Name extends string>(names: readonly Name[]): Record<Name, Float64Array> =>
  Object.fromEntries(names.map((name) => [name, new Float64Array(0)])) as Record<Name, Float64Array>

/** A run of which only the equity is of interest: no fills, no trades. */
export function flatRun(equityUsd: Float64Array): Parameters<typeof performanceOf>[0] {
  return {
    equityUsd,
    lots: new Float64Array(equityUsd.length),
    fills: none(FILL_COLUMNS),
    trades: none(TRADE_COLUMNS),
    commissionUsd: 0,
    slippageUsd: 0,
  }
}
