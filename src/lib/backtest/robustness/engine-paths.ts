import type { PriceBars } from '../price-bars.js'
import { runAccount, type AccountSettings } from '../run-account.js'
import type { ParameterValues, Strategy } from '../strategy.js'
import { onOtherPrices, type TradedInstrument } from '../traded-instrument.js'
import type { SimulatePath } from './simulate-path.js'

/** Paths that the engine itself trades: the strategy over prices that are drawn anew each time. */
export function pricePaths(
  nextBars: () => PriceBars,
  instrument: TradedInstrument,
  strategy: Strategy,
  values: ParameterValues,
  settings: AccountSettings,
): SimulatePath {
  return (equityUsd) => {
    const run = runAccount([onOtherPrices(instrument, nextBars())], strategy, values, settings)
    equityUsd.set(run.equityUsd)
    return run.equityUsd.length
  }
}
