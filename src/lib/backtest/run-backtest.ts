import type { CostModel } from '../execution/costs.js'
import type { PriceBars } from './price-bars.js'
import { runAccount, type AccountSettings, type BacktestRun } from './run-account.js'
import type { ParameterValues, Strategy } from './strategy.js'
import { plainInstrument, type TradedInstrument } from './traded-instrument.js'

export type { BacktestRun } from './run-account.js'

/** How one instrument is traded whose bars are its prices. */
export interface BacktestSettings extends AccountSettings {
  /** USD per lot and unit of price. */
  readonly multiplier: number
  /** Margin per lot below which the position is closed out and the run ends; 0 leaves equity of zero as the end. */
  readonly maintenanceMarginUsd: number
  readonly costs: CostModel
}

/**
 * The decisions of a strategy over bars that are what is traded.
 * @param others of the instrument, where it is more than its bars
 */
export function runBacktest(
  bars: PriceBars,
  strategy: Strategy,
  values: ParameterValues,
  settings: BacktestSettings,
  others: Partial<TradedInstrument> = {},
): BacktestRun {
  const { multiplier, costs, maintenanceMarginUsd } = settings
  const margins = { initial: 0, maintenance: maintenanceMarginUsd }
  const instrument = { ...plainInstrument('', bars, multiplier, costs, margins), ...others }
  return runAccount([instrument], strategy, values, settings)
}
