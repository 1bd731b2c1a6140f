import { ContangoError } from '../kernel/errors.js'
import { bollingerReversion } from './strategies/bollinger-reversion.js'
import { buyHold } from './strategies/buy-hold.js'
import { maCrossover } from './strategies/ma-crossover.js'
import { momentumBreakout } from './strategies/momentum-breakout.js'
import { rsiReversion } from './strategies/rsi-reversion.js'
import { zscoreSpread } from './strategies/zscore-spread.js'
import type { Strategy } from './strategy.js'

/** Every strategy that the command knows by name. */
export const STRATEGIES: readonly Strategy[] = [
  buyHold,
  maCrossover,
  rsiReversion,
  bollingerReversion,
  momentumBreakout,
  zscoreSpread,
]

export function strategyNamed(name: string): Strategy {
  const strategy = STRATEGIES.find((candidate) => candidate.name === name)
  if (strategy) return strategy
  const names = STRATEGIES.map((candidate) => candidate.name)
  throw new ContangoError(
    'usage',
    'UNKNOWN_STRATEGY',
    `there is no strategy "${name}"; there are ${names.join(', ')}`,
    'contango backtest list',
    { strategy: name, strategies: names },
  )
}
