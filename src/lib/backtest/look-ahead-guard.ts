import { ContangoError } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import { barTimeText } from './price-bars.js'
import { runAccount, type AccountSettings, type BacktestRun } from './run-account.js'
import type { ParameterValues, Strategy } from './strategy.js'
import { instrumentUntil, type TradedInstrument } from './traded-instrument.js'

const DATES = 5
/** Bars that are recomputed, as a fraction of all. */
const BUDGET = 0.2

export interface GuardResult {
  /** Last bar of each recomputed past. */
  readonly cutBars: readonly number[]
  readonly recomputedShare: number
}

/**
 * Recomputes the past with the future cut off, on five dates that the seed draws, and refuses the run where a position or
 * equity differs: the strategy has used what it could not know. Few bars may leave no date to check.
 */
export function guardAgainstLookAhead(
  instruments: readonly TradedInstrument[],
  strategy: Strategy,
  values: ParameterValues,
  settings: AccountSettings,
  run: BacktestRun,
  rng: Rng,
): GuardResult {
  const lengths = cutLengths(run.equityUsd.length, strategy.firstDecisionBar(values) + 2, rng)
  for (const length of lengths) {
    const past = runAccount(untilTime(instruments, run.timeMs[length - 1]), strategy, values, settings)
    for (let bar = 0; bar < length; bar++) {
      if (past.lots[bar] === run.lots[bar] && past.equityUsd[bar] === run.equityUsd[bar]) continue
      const date = barTimeText(run.timeMs[bar])
      const cut = barTimeText(run.timeMs[length - 1])
      throw new ContangoError(
        'refused',
        'LOOK_AHEAD',
        `${strategy.name} looks ahead: on ${date} it holds ${run.lots[bar]} lots, and ${past.lots[bar]} where nothing after ${cut} is known`,
        'a decision may use its own bar and earlier ones only',
        { bar, date, cut, strategy: strategy.name },
      )
    }
  }
  const recomputed = lengths.reduce((sum, length) => sum + length, 0)
  return {
    cutBars: lengths.map((length) => length - 1),
    recomputedShare: run.equityUsd.length === 0 ? 0 : recomputed / run.equityUsd.length,
  }
}

/** The instruments as they were known at a time; one that had no bar yet was not there. */
function untilTime(instruments: readonly TradedInstrument[], timeMs: number): TradedInstrument[] {
  return instruments.map((instrument) => {
    const later = instrument.bars.timeMs.findIndex((time) => time > timeMs)
    return later < 0 ? instrument : instrumentUntil(instrument, later)
  })
}

/** Shares of the budget in proportion to five draws, without those too short to hold a decision and its fill. */
function cutLengths(bars: number, shortest: number, rng: Rng): number[] {
  const draws = Array.from({ length: DATES }, () => 0.2 + rng.uniform())
  const total = draws.reduce((sum, draw) => sum + draw, 0)
  const lengths = draws.map((draw) => Math.floor((BUDGET * bars * draw) / total))
  return [...new Set(lengths)].filter((length) => length >= shortest).sort((a, b) => a - b)
}
