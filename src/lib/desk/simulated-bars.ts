import type { PriceBars } from '../backtest/price-bars.js'
import { civilFromDay, dayFromCivil, daysInMonth, isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { continuousSeries } from '../market/continuous.js'
import type { Market, Product } from '../market/market.js'
import type { RollRule } from '../market/roll.js'
import type { SimulatorParameters } from '../simulate/parameters.js'
import { simulateCurves } from '../simulate/simulate-curves.js'
import { simulateStates } from '../simulate/simulate-states.js'

const DAY_MS = 86_400_000
/** Settlement days of a market in a year are fewer; holidays of the data may be more than the simulator's. */
const SPARE_DAYS = 40

export interface SimulatedBarsRequest {
  readonly market: Market
  readonly parameters: SimulatorParameters
  readonly product: Product
  readonly roll: RollRule
  /** The bars of the run: as many are simulated, under their dates. */
  readonly bars: PriceBars
  readonly seed: number
}

/**
 * Worlds of the built-in simulator, one seed each: settlements of the product, joined by difference under the same rule as those
 * of the run, as many as it has bars. The window is that of the run, moved by whole years where the simulator has no such dates.
 */
export function simulatedBars(request: SimulatedBarsRequest): () => PriceBars {
  const { market, parameters, product, roll, bars, seed } = request
  const { timeMs } = bars
  const count = timeMs.length
  const first = Math.floor(timeMs[0] / DAY_MS)
  const last = Math.floor(timeMs[count - 1] / DAY_MS)
  const shift = yearsUntil(first, parameters.start)
  const from = movedByYears(first, shift)
  const to = movedByYears(last, shift) + SPARE_DAYS
  if (to > parameters.end) {
    throw new ContangoError(
      'refused',
      'BEYOND_SIMULATOR',
      `the simulator has ${isoFromDay(parameters.start)} to ${isoFromDay(parameters.end)}, less than the ${count} bars of the run`,
      '--method garch, or a shorter history with --as-of',
      { bars: count },
    )
  }
  let world = 0
  return () => {
    world++
    const own = (seed * 1_000_003 + world) % 2_147_483_647
    const states = simulateStates(parameters, market, own, to)
    const curves = simulateCurves({ states, parameters, market, seed: own, product, from, ranks: 4 })
    const series = continuousSeries(market, curves, { roll, adjust: 'difference', rank: 1 })
    const settled = series.adjusted.subarray(0, count)
    if (settled.length < count) {
      throw new ContangoError(
        'refused',
        'BEYOND_SIMULATOR',
        `the simulator settles ${settled.length} times where the run has ${count} bars`,
        '--method garch',
        { bars: count, simulated: settled.length },
      )
    }
    // Columns of the real curve say nothing of these prices: they are not handed on.
    return { timeMs, sessionDay: bars.sessionDay, open: settled, high: settled, low: settled, close: settled }
  }
}

function yearsUntil(day: EpochDay, start: EpochDay): number {
  let years = 0
  while (movedByYears(day, years) < start) years++
  return years
}

function movedByYears(day: EpochDay, years: number): EpochDay {
  const { year, month, dayOfMonth } = civilFromDay(day)
  return dayFromCivil(year + years, month, Math.min(dayOfMonth, daysInMonth(year + years, month)))
}
