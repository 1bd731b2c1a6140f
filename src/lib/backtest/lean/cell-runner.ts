import type { AccountSettings } from '../run-account.js'
import type { ParameterValues, Strategy } from '../strategy.js'
import type { TradedInstrument } from '../traded-instrument.js'
import type { BlockTarget } from './block-sums.js'
import { createEngineRunner } from './engine-runner.js'
import { isPlain, leanMarket } from './lean-market.js'
import { createLeanRunner } from './lean-runner.js'

/** Where a run is measured to. */
export interface MeasureTarget {
  /** Metrics in the order of `LEAN_METRICS`, from `offset` on; NaN where undefined. */
  readonly out: Float64Array
  readonly offset: number
  /** fast: the first `FAST_METRICS` of them, the others NaN. */
  readonly metrics: 'all' | 'fast'
}

export interface CellRun {
  /** Returns until the end, or until ruin. */
  readonly count: number
  readonly ruined: boolean
}

/** Runs one cell of a sweep after another over the same bars. */
export interface CellRunner {
  /** lean: the fast path. engine: settings that only the engine can trade. */
  readonly kind: 'lean' | 'engine'
  /** Takes up the parameters of a cell. */
  load(values: ParameterValues): void
  /**
   * Trades the cell on the bars `from` to `until`, from flat and with the whole capital; before them the strategy decides
   * and does not trade, so that it is as warm as if it had been followed all along. Returns are those of the bars from `from`
   * on; bar 0 has none.
   */
  run(from: number, until: number, to: MeasureTarget, blocks?: BlockTarget): CellRun
  /** Equity of the last run at the close of each bar; the first is the capital, on the bar before the first return. */
  equityUsd(): Float64Array
}

/** What {@link createCellRunner} makes, without making it. */
export function runnerKind(
  instrument: TradedInstrument,
  strategy: Strategy,
  settings: AccountSettings,
): CellRunner['kind'] {
  const isLean = strategy.sizing === undefined && strategy.namesOrders !== true && isPlain(instrument, settings)
  return isLean ? 'lean' : 'engine'
}

/** The lean path where it gives the engine's numbers, else the engine itself. */
export function createCellRunner(
  instrument: TradedInstrument,
  strategy: Strategy,
  settings: AccountSettings,
): CellRunner {
  const engine = createEngineRunner(instrument, strategy, settings)
  if (runnerKind(instrument, strategy, settings) === 'engine') return engine
  return createLeanRunner(instrument.bars, strategy, leanMarket(instrument, settings), engine)
}
