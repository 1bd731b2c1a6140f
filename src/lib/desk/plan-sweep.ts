import type { ParameterValues } from '../backtest/strategy.js'
import { ContangoError } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import { checkCombinatorial, type CombinatorialPlan } from '../optimize/folds/combinatorial.js'
import { USUAL_GROUPS, type parseGroups } from '../optimize/folds/parse-groups.js'
import { walkForwardFolds, type Fold, type WalkMode } from '../optimize/folds/walk-forward.js'
import { parseObjective } from '../optimize/objective/objective.js'
import { latinHypercube, randomCells } from '../optimize/space/draw-cells.js'
import { createGrid } from '../optimize/space/grid.js'
import { parseSearchSpace, type SearchSpace } from '../optimize/space/search-space.js'
import { sampleBars, sampleBlocks, type SweepPlan } from '../optimize/sweep-cells.js'
import { requestedStrategy, type StrategyContext } from '../outside/requested-strategy.js'
import type { BacktestRequest } from './backtest-on.js'
import { columnsOfSearch } from './columns-of-search.js'
import { preparedAccount } from './prepared-account.js'
import type { SignalContext } from './signal-reader.js'
import type { Sweep, SweepContext } from './sweep-cells-on.js'
import type { TradingContext } from './traded-instruments.js'

export const SEARCHES = ['grid', 'random', 'latin-hypercube', 'tpe'] as const
export type Search = (typeof SEARCHES)[number]

export interface OptimizeRequest {
  /** `parameters` are what stands after `--`: a search. */
  readonly backtest: Omit<BacktestRequest, 'assertions'>
  readonly search: Search
  /** Cells of a search that draws them. */
  readonly trials: number
  readonly seed: number
  readonly constraints: readonly string[]
  readonly metric: string
  readonly minTrades: number
  readonly penalties: readonly string[]
  readonly mode: WalkMode
  /** 0: nothing is held back. */
  readonly folds: number
  readonly inSample: number
  readonly purge: number
  readonly embargo: number
  readonly innerFolds: number
  /** Stretches of the combinatorial cross-validation; null for none. */
  readonly groups: ReturnType<typeof parseGroups>
  readonly resamples: number
  readonly threads: number | null
  readonly assertions: readonly string[]
}

export type OptimizeContext = TradingContext &
  StrategyContext &
  SignalContext &
  SweepContext & { rng(stream: string): Rng }

/** A search before it is run. */
export interface PlannedSweep {
  readonly sweep: Sweep
  readonly space: SearchSpace
  readonly folds: readonly Fold[]
  /** null where cells are proposed as the search goes on. */
  readonly cells: readonly ParameterValues[] | null
  readonly excluded: number
  /** How cells are cross-validated in combinations; null for not at all. */
  readonly combinatorial: CombinatorialPlan | null
  readonly prepared: Awaited<ReturnType<typeof preparedAccount>>
}

/**
 * Reads the search and the prices, and says what would be computed.
 * @param onCells told how many cells there are before prices are read
 */
export async function planSweep(
  ctx: OptimizeContext,
  request: OptimizeRequest,
  onCells: (cells: number) => void = () => undefined,
): Promise<PlannedSweep> {
  const { backtest, search } = request
  const strategy = await requestedStrategy(ctx, backtest.strategy)
  const space = parseSearchSpace(strategy, backtest.parameters, request.constraints)
  const objective = parseObjective(request.metric, request.minTrades, request.penalties)
  if (search === 'tpe' && request.folds > 1) {
    throw new ContangoError(
      'usage',
      'TPE_FOLDS',
      'a Bayesian search learns from what it has tried: with more than one fold it would have seen the tests of the earlier ones',
      '--folds 1, or --search random',
    )
  }
  const { cells, excluded } = cellsOf(ctx, space, request)
  if (cells !== null) onCells(cells.length)
  const warmUp = (cells ?? [Object.fromEntries(space.dimensions.map((one) => [one.name, highest(one)]))]).reduce(
    (most, values) => Math.max(most, strategy.firstDecisionBar(values)),
    0,
  )
  const columns = columnsOfSearch(strategy, space, cells, ctx.rng('columns'))
  const prepared = await preparedAccount(ctx, backtest, strategy, warmUp, columns)
  if (prepared.instruments.length !== 1) {
    throw new ContangoError(
      'usage',
      'ONE_INSTRUMENT',
      'a search is of one instrument; a spread of config/spreads.yaml is one',
      `contango optimize ${backtest.strategy} wti`,
    )
  }
  const [whole] = prepared.instruments
  // No cell is run on a past: what would recompute its columns does not go to worker threads.
  const instrument = { ...whole, bars: { ...whole.bars, extraUntil: undefined } }
  const bars = instrument.bars.timeMs.length
  const { folds: count, inSample, purge, embargo, mode, innerFolds } = request
  const folds =
    count === 0 ? [] : walkForwardFolds({ from: 0, until: bars, mode, folds: count, inSample, purge, embargo, warmUp })
  const plan: SweepPlan = {
    // What a Bayesian search tries next depends on the sample: its test must not be in it.
    sample: search === 'tpe' && folds.length > 0 ? folds[0].train : { from: 0, until: bars },
    trains: folds.map(({ train }) => train),
    innerFolds,
    objective,
  }
  return {
    sweep: { instrument, strategy, settings: prepared.settings, plan, threads: request.threads },
    space,
    folds,
    cells,
    excluded,
    combinatorial: combinatorialPlan(plan, request),
    prepared,
  }
}

/** null where none is asked for, or where the usual one does not fit. */
function combinatorialPlan(plan: SweepPlan, { groups, purge, embargo }: OptimizeRequest): CombinatorialPlan | null {
  if (groups === null) return null
  const wanted = { ...(groups === 'auto' ? USUAL_GROUPS : groups), purge, embargo }
  try {
    checkCombinatorial({ blocks: sampleBlocks(plan), bars: sampleBars(plan) }, wanted)
    return wanted
  } catch (error) {
    if (groups === 'auto' && error instanceof ContangoError && error.code === 'FOLD_TOO_SHORT') return null
    throw error
  }
}

function cellsOf(
  ctx: OptimizeContext,
  space: SearchSpace,
  { search, trials }: OptimizeRequest,
): { cells: readonly ParameterValues[] | null; excluded: number } {
  switch (search) {
    case 'grid': {
      const grid = createGrid(space)
      return { cells: Array.from({ length: grid.cells }, (_, cell) => grid.valuesAt(cell)), excluded: grid.excluded }
    }
    case 'random':
      return { cells: randomCells(space, trials, ctx.rng('random-search')), excluded: 0 }
    case 'latin-hypercube':
      return { cells: latinHypercube(space, trials, ctx.rng('latin-hypercube')), excluded: 0 }
    case 'tpe':
      return { cells: null, excluded: 0 }
  }
}

function highest(dimension: SearchSpace['dimensions'][number]): number | string {
  if (dimension.kind !== 'values') return dimension.high
  const { values } = dimension
  return values.every((value) => typeof value === 'number') ? Math.max(...(values as readonly number[])) : values[0]
}
