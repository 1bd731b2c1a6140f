import { ACTIVITY_METRICS } from './activity.js'
import { BAR_ODDS_METRICS } from './bar-odds.js'
import { BENCHMARK_METRICS } from './benchmark.js'
import { CALENDAR_METRICS } from './calendar.js'
import { DRAWDOWN_METRICS } from './drawdown.js'
import { GROWTH_METRICS } from './growth.js'
import type { Metric, Performance } from './performance.js'
import { RATIO_METRICS } from './ratios.js'
import { ROUND_TRIP_METRICS } from './round-trips.js'
import { SHARPE_EVIDENCE_METRICS } from './sharpe-evidence.js'
import { SPREAD_METRICS } from './spread.js'

export const METRICS: readonly Metric[] = [
  ...GROWTH_METRICS,
  ...SPREAD_METRICS,
  ...RATIO_METRICS,
  ...SHARPE_EVIDENCE_METRICS,
  ...DRAWDOWN_METRICS,
  ...BENCHMARK_METRICS,
  ...ROUND_TRIP_METRICS,
  ...ACTIVITY_METRICS,
  ...BAR_ODDS_METRICS,
  ...CALENDAR_METRICS,
]

/** Every metric by name; null where it is undefined. */
export function measure(performance: Performance): Record<string, number | null> {
  const measured: Record<string, number | null> = {}
  for (const { name, value } of METRICS) {
    const number = value(performance)
    measured[name] = Number.isFinite(number) ? number : null
  }
  return measured
}
