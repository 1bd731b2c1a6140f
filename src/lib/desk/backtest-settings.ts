import type { BacktestSettings } from '../backtest/run-backtest.js'
import { ContangoError } from '../kernel/errors.js'
import type { BacktestBars } from './backtest-bars.js'
import type { BacktestRequest } from './backtest-on.js'

/** How the bars that were loaded are traded; refuses costs that they cannot have. */
export function backtestSettings(request: BacktestRequest, loaded: BacktestBars): BacktestSettings {
  if (request.slippageTicks > 0 && loaded.tick === null) {
    throw new ContangoError(
      'usage',
      'NO_TICK',
      '--slippage-ticks needs an instrument that says its tick',
      'name the INSTRUMENT, or use --slippage in price units',
    )
  }
  if (request.slippageFraction > 0 && !loaded.levelsArePrices) {
    throw new ContangoError(
      'refused',
      'LEVELS_ARE_NOT_PRICES',
      `--slippage-fraction has no meaning on joined settlements: their levels are moved by the gaps of later rolls`,
      '--slippage or --slippage-ticks; or --basis bars',
    )
  }
  return {
    lots: request.lots,
    sizing: request.sizing,
    multiplier: request.multiplier ?? loaded.multiplier,
    initialCapitalUsd: request.initialCapitalUsd,
    maintenanceMarginUsd: request.maintenanceMarginUsd,
    costs: {
      commissionUsdPerLot: request.commissionUsdPerLot,
      slippagePrice: request.slippagePrice + request.slippageTicks * (loaded.tick ?? 0),
      slippageFraction: request.slippageFraction,
    },
    ...request.order,
  }
}
