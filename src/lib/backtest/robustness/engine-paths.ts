import type { PriceBars } from '../price-bars.js'
import { runBacktest, type BacktestSettings } from '../run-backtest.js'
import type { ParameterValues, Strategy } from '../strategy.js'
import type { SimulatePath } from './simulate-path.js'

/** Paths that the engine itself trades: the strategy over prices that are drawn anew each time. */
export function pricePaths(
  nextBars: () => PriceBars,
  strategy: Strategy,
  values: ParameterValues,
  settings: BacktestSettings,
): SimulatePath {
  return (equityUsd) => {
    const run = runBacktest(nextBars(), strategy, values, settings)
    equityUsd.set(run.equityUsd)
    return run.equityUsd.length
  }
}
