import { ContangoError } from '../kernel/errors.js'
import { bollingerReversion } from './strategies/bollinger-reversion.js'
import { buyHold } from './strategies/buy-hold.js'
import { calendarSpread } from './strategies/calendar-spread.js'
import { carry } from './strategies/carry.js'
import { compositeOf } from './strategies/composite.js'
import { crackReversion } from './strategies/crack-reversion.js'
import { maCrossover } from './strategies/ma-crossover.js'
import { momentumBreakout } from './strategies/momentum-breakout.js'
import { rsiReversion } from './strategies/rsi-reversion.js'
import { SIGNAL_PREFIX, signalStrategy } from './strategies/signal-strategy.js'
import { timeSeriesMomentum } from './strategies/time-series-momentum.js'
import { zscoreSpread } from './strategies/zscore-spread.js'
import type { Strategy } from './strategy.js'

/** Every strategy that the command knows by name, but for `signal:NAME`. */
export const STRATEGIES: readonly Strategy[] = [
  buyHold,
  maCrossover,
  rsiReversion,
  bollingerReversion,
  momentumBreakout,
  zscoreSpread,
  timeSeriesMomentum,
  carry,
  calendarSpread,
  crackReversion,
  compositeOf(strategyNamed),
]

export function strategyNamed(name: string): Strategy {
  if (name.startsWith(SIGNAL_PREFIX)) return signalStrategy(name)
  const strategy = STRATEGIES.find((candidate) => candidate.name === name)
  if (strategy) return strategy
  const names = STRATEGIES.map((candidate) => candidate.name)
  throw new ContangoError(
    'usage',
    'UNKNOWN_STRATEGY',
    `there is no strategy "${name}"; there are ${names.join(', ')} and signal:NAME`,
    'contango backtest list',
    { strategy: name, strategies: names },
  )
}
