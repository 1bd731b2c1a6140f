import { parseStrategyParameters } from '../../src/lib/backtest/parse-strategy-parameters.js'
import { STRATEGIES } from '../../src/lib/backtest/strategies.js'

/** Strategies that need no column besides prices. */
export const ON_BARS_ALONE = STRATEGIES.filter(
  (strategy) => (strategy.columns?.(parseStrategyParameters(strategy, [])) ?? []).length === 0,
)
