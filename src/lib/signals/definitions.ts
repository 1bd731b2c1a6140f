import { ContangoError } from '../kernel/errors.js'
import { inventoryRange } from './fundamental/inventory-range.js'
import { inventorySurprise } from './fundamental/inventory-surprise.js'
import { opecCompliance } from './fundamental/opec-compliance.js'
import { positioningExtreme } from './fundamental/positioning-extreme.js'
import { refineryTurnarounds } from './fundamental/refinery-turnarounds.js'
import { termStructure } from './fundamental/term-structure.js'
import type { SignalDefinition } from './signal.js'
import { adxTrend } from './technical/adx-trend.js'
import { bollingerReversion } from './technical/bollinger-reversion.js'
import { channelBreakout } from './technical/channel-breakout.js'
import { carrySignal, rollYieldSignal } from './technical/curve-carry.js'
import { curveSlopeChange } from './technical/curve-slope-change.js'
import { maCrossFast, maCrossLong, maCrossMedium, maCrossSlow } from './technical/ma-crossover.js'
import { macdTrend } from './technical/macd-trend.js'
import { momentum, timeSeriesMomentum } from './technical/momentum.js'
import { rsiReversion } from './technical/rsi-reversion.js'
import { seasonality } from './technical/seasonality.js'
import { calendarReversion, crackReversion } from './technical/spread-reversion.js'

/** Every signal, family by family, in the order of answers. */
export const SIGNALS: readonly SignalDefinition[] = [
  maCrossFast,
  maCrossMedium,
  maCrossSlow,
  maCrossLong,
  rsiReversion,
  bollingerReversion,
  momentum,
  channelBreakout,
  macdTrend,
  adxTrend,
  timeSeriesMomentum,
  carrySignal,
  rollYieldSignal,
  curveSlopeChange,
  crackReversion,
  calendarReversion,
  seasonality,
  inventorySurprise,
  inventoryRange,
  opecCompliance,
  termStructure,
  positioningExtreme,
  refineryTurnarounds,
]

/** The signal of a name; throws usage UNKNOWN_SIGNAL that lists the valid ones. */
export function signalNamed(name: string): SignalDefinition {
  const found = SIGNALS.find((one) => one.name === name.trim().toLowerCase())
  if (found) return found
  const valid = SIGNALS.map((one) => one.name)
  throw new ContangoError(
    'usage',
    'UNKNOWN_SIGNAL',
    `no signal is called "${name}"; there are ${valid.join(', ')}`,
    'contango signals wti shows them all',
    { signal: name, valid },
  )
}
