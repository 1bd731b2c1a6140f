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
 * equity differs: the strategy has used what it could not know. Few bars leave fewer dates, or none. What comes from outside is
 * first run over all bars once more: one that differs from itself is not deterministic, and says nothing of the future.
 */
export function guardAgainstLookAhead(
  instruments: readonly TradedInstrument[],
  strategy: Strategy,
  values: ParameterValues,
  settings: AccountSettings,
  run: BacktestRun,
  rng: Rng,
): GuardResult {
  const { name } = strategy
  if (strategy.outside === true) {
    const again = runAccount(instruments, strategy, values, settings)
    const bar = firstDifference(run, again)
    if (bar !== null) throw notDeterministic(name, bar, run, again)
  }
  const lengths = cutLengths(run.equityUsd.length, strategy.firstDecisionBar(values) + 2, rng)
  for (const length of lengths) {
    const past = runAccount(untilTime(instruments, run.timeMs[length - 1]), strategy, values, settings)
    const bar = firstDifference(run, past, length)
    if (bar !== null) throw looksAhead(name, bar, length, run, past)
  }
  const recomputed = lengths.reduce((sum, length) => sum + length, 0)
  return {
    cutBars: lengths.map((length) => length - 1),
    recomputedShare: run.equityUsd.length === 0 ? 0 : recomputed / run.equityUsd.length,
  }
}

/**
 * The first of `length` bars whose lots, equity or decision are not the same; a run that ended earlier differs on its next bar. The
 * decision of the last bar fills after it: without it, looking one bar ahead would not be seen.
 */
function firstDifference(run: BacktestRun, other: BacktestRun, length = run.equityUsd.length): number | null {
  const bars = Math.max(length, other.equityUsd.length)
  for (let bar = 0; bar < bars; bar++) {
    const same = run.instruments.every((one, i) => {
      const { lots, wantedLots } = other.instruments[i]
      return lots[bar] === one.lots[bar] && wantedLots[bar] === one.wantedLots[bar]
    })
    if (!same || other.equityUsd[bar] !== run.equityUsd[bar]) return bar
  }
  return null
}

/** The instruments as they were known at a time; one that had no bar yet has none. */
function untilTime(instruments: readonly TradedInstrument[], timeMs: number): TradedInstrument[] {
  return instruments.map((instrument) => {
    const later = instrument.bars.timeMs.findIndex((time) => time > timeMs)
    return later < 0 ? instrument : instrumentUntil(instrument, later)
  })
}

/**
 * How many bars each recomputed past has, ascending and all different: each long enough for a decision and its fill, what is left
 * of the budget shared out by five draws.
 */
export function cutLengths(bars: number, shortest: number, rng: Rng): number[] {
  const budget = Math.floor(BUDGET * bars)
  const draws = Array.from({ length: DATES }, () => 0.2 + rng.uniform())
  /** Bars that so many pasts have at the least: shortest, shortest + 1 … */
  const least = (dates: number): number => dates * shortest + (dates * (dates - 1)) / 2
  let dates = DATES
  while (dates > 0 && least(dates) > budget) dates--
  const kept = draws.slice(0, dates).sort((a, b) => a - b)
  const total = kept.reduce((sum, draw) => sum + draw, 0)
  return kept.map((draw, i) => shortest + i + Math.floor(((budget - least(dates)) * draw) / total))
}

/** What a run held and wanted, as far as it tells two of them apart. */
function did(run: BacktestRun, other: BacktestRun, bar: number): string {
  const lots = run.lots[bar]
  if (lots === undefined) return 'is over'
  const verb = lots === other.lots[bar] ? 'decides' : 'holds'
  const shown = verb === 'holds' ? lots : run.wantedLots[bar]
  return `${verb} ${shown} ${Math.abs(shown) === 1 ? 'lot' : 'lots'}`
}

function looksAhead(name: string, bar: number, length: number, run: BacktestRun, past: BacktestRun): ContangoError {
  const date = barTimeText(run.timeMs[bar])
  const cut = barTimeText(run.timeMs[length - 1])
  return new ContangoError(
    'refused',
    'LOOK_AHEAD',
    `${name} looks ahead: on ${date} it ${did(run, past, bar)}, and ${did(past, run, bar)} where nothing after ${cut} is known`,
    'a decision may use its own bar and earlier ones only',
    { bar, date, cut, strategy: name },
  )
}

function notDeterministic(name: string, bar: number, run: BacktestRun, again: BacktestRun): ContangoError {
  const date = barTimeText(run.timeMs[bar])
  return new ContangoError(
    'refused',
    'NOT_DETERMINISTIC',
    `${name} is not deterministic: on ${date} it ${did(run, again, bar)}, and ${did(again, run, bar)} when it is run again over the same bars`,
    'no clock, no Math.random, and no state outside of what init returns',
    { bar, date, strategy: name },
  )
}
