import { availableParallelism } from 'node:os'
import { checkAssertion, parseAssertion } from '../backtest/assertion.js'
import { chainedStrategy } from '../backtest/lean/chained-strategy.js'
import { createCellRunner, type CellRunner } from '../backtest/lean/cell-runner.js'
import { LEAN_METRICS } from '../backtest/lean/lean-metrics.js'
import { METRICS } from '../backtest/metrics/measure.js'
import { BARS_PER_YEAR } from '../backtest/metrics/performance.js'
import { barTimeText } from '../backtest/price-bars.js'
import { conventionsOf } from '../backtest/run-conventions.js'
import type { ParameterValues } from '../backtest/strategy.js'
import type { OptimizeResult } from '../documents/optimize.js'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { shapeOf } from '../kernel/shape.js'
import type { Rng } from '../kernel/rng.js'
import { checkCombinatorial, type CombinatorialPlan } from '../optimize/folds/combinatorial.js'
import { parameterStability } from '../optimize/folds/parameter-stability.js'
import { USUAL_GROUPS, type parseGroups } from '../optimize/folds/parse-groups.js'
import { pathSpread } from '../optimize/folds/path-spread.js'
import { walkForwardEfficiency, type FoldResult } from '../optimize/folds/walk-forward-efficiency.js'
import { walkForwardFolds, type Fold, type WalkMode, type Window } from '../optimize/folds/walk-forward.js'
import {
  bestCell,
  noBestCell,
  parseObjective,
  scoreOf,
  type Goal,
  type Objective,
} from '../optimize/objective/objective.js'
import { paretoFront } from '../optimize/objective/pareto-front.js'
import { drawResamples, noWeights, type BootstrapWeights } from '../optimize/overfitting/block-bootstrap.js'
import { cscvParts, type Cscv } from '../optimize/overfitting/cscv.js'
import { logitHistogram } from '../optimize/overfitting/logit-histogram.js'
import { overfittingOf } from '../optimize/overfitting/overfitting.js'
import { verdictOf, type VerdictInput } from '../optimize/overfitting/verdict.js'
import { edgesOf, neighboursOf, restlessOf } from '../optimize/overfitting/verdict-facts.js'
import type { TrialBlocks } from '../optimize/overfitting/trial-blocks.js'
import type { Dimension } from '../optimize/space/dimension.js'
import { latinHypercube, randomCells } from '../optimize/space/draw-cells.js'
import { createGrid } from '../optimize/space/grid.js'
import { parseSearchSpace, type SearchSpace } from '../optimize/space/search-space.js'
import { proposeCells, TPE_BATCH, type TrialScore } from '../optimize/space/tree-parzen.js'
import { sampleBars, sampleBlocks, type SweepPlan, type SweepResults } from '../optimize/sweep-cells.js'
import { requestedStrategy, type StrategyContext } from '../outside/requested-strategy.js'
import { startWorkers } from '../runtime/pool.js'
import { workerFile } from '../runtime/worker-file.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { BacktestRequest } from './backtest-on.js'
import { columnsOfSearch } from './columns-of-search.js'
import { overfittingTests } from './overfitting-tests.js'
import { preparedAccount } from './prepared-account.js'
import { settingsDocument } from './settings-document.js'
import { computeCells, newResults, sweepStore, type Sweep, type SweepContext } from './sweep-cells-on.js'
import type { SignalContext } from './signal-reader.js'
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

export interface OptimizeAnswer {
  readonly asOf: EpochDay
  readonly data: OptimizeResult
  readonly cells: readonly ParameterValues[]
  readonly scores: Float64Array
  readonly metrics: Float64Array
  /** The first goal. */
  readonly goal: Goal
  readonly dimensions: readonly Dimension[]
  /** Sharpe ratios per bar; null where there was too little for cross-validation. */
  readonly split: Cscv | null
  readonly simulated: boolean
  readonly source: string
}

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

/** Metrics of a back-test; cells are measured on some of them. */
const MEASURED = new Set(METRICS.map(({ name }) => name))
const TOP = 10
/** Mean length of a run of 20-bar blocks in the bootstrap: two months of days. */
const MEAN_RUN = 2
/** So many are computed on threads whatever they are: those start while prices are read. */
const MANY_CELLS = 2000
/** Blocks that are drawn at once. */
const DRAWS = 1e6
const PATHS = ['min', 'p5', 'median', 'p95', 'max', 'mean', 'lossShare'] as const
const SUMMARY = ['pbo', 'deflatedSharpe', 'realityCheckP', 'spaP', 'trials'] as const

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

/** Searches, walks forward, and judges how much of the result is owed to the search. */
export async function optimizeOn(ctx: OptimizeContext, request: OptimizeRequest): Promise<OptimizeAnswer> {
  const planned = await planSweep(ctx, request, (cells) => {
    const threads = request.threads ?? availableParallelism()
    if (cells >= MANY_CELLS && threads > 1) startWorkers(workerFile('sweep'), threads)
  })
  const { sweep, space, folds, excluded, prepared } = planned
  const { instrument, strategy, plan, settings } = sweep
  const { objective } = plan
  const assertions = request.assertions.map((text) =>
    parseAssertion(text, [
      ...LEAN_METRICS,
      ...LEAN_METRICS.map((name) => `outOfSample.${name}`),
      ...SUMMARY.map((name) => `overfitting.${name}`),
      ...PATHS.map((name) => `crossValidation.${name}`),
    ]),
  )
  const store = sweepStore(ctx, sweep)
  let searched: { cells: readonly ParameterValues[]; results: SweepResults }
  try {
    searched =
      planned.cells === null
        ? await proposed(ctx, sweep, space, request, store)
        : await allAtOnce(ctx, sweep, planned.cells, store)
  } finally {
    store?.close()
  }
  const { cells, results } = searched
  const width = LEAN_METRICS.length
  const scores = Float64Array.from(cells, (_, cell) => scoreOf(objective, results.metrics, cell * width))
  const best = bestCell(scores)
  if (best < 0) throw noBestCell(objective, cells.length)
  const runner = createCellRunner(instrument, strategy, settings)
  const at = (bar: number): string => barTimeText(instrument.bars.timeMs[bar])
  const datesOf = ({ from, until }: Window): OptimizeResult['sample'] => ({
    from: at(Math.max(1, from)),
    to: at(until - 1),
    bars: until - Math.max(1, from),
  })
  const chosen = folds.map((fold, i) => {
    const own = Float64Array.from(cells, (_, cell) => results.foldScores[cell * folds.length + i])
    const cell = bestCell(own)
    if (cell < 0) throw noBestCell(objective, cells.length, `the search of fold ${i + 1}`)
    return { fold, values: cells[cell], score: own[cell] }
  })
  const foldRows: OptimizeResult['folds'] = []
  const foldResults: FoldResult[] = []
  for (const { fold, values, score } of chosen) {
    await yieldNow(ctx.signal)
    runner.load(values)
    const inSample = metricsOf(runner, fold.train)
    const outOfSample = metricsOf(runner, fold.test)
    foldRows.push({
      train: datesOf(fold.train),
      test: datesOf(fold.test),
      parameters: { ...values },
      score,
      inSample: named(inSample),
      outOfSample: named(outOfSample),
    })
    foldResults.push({ fold, inSample: resultOf(inSample), outOfSample: resultOf(outOfSample) })
  }
  const efficiency = folds.length === 0 ? null : walkForwardEfficiency(foldResults)
  let outOfSample: OptimizeResult['outOfSample'] = null
  let chained: Float64Array | null = null
  if (folds.length > 0 && efficiency !== null) {
    const links = chosen.map(({ fold, values }) => ({ ...fold.test, values }))
    const walker = createCellRunner(instrument, chainedStrategy(strategy, links), settings)
    walker.load({})
    const whole = { from: links[0].from, until: links[links.length - 1].until }
    chained = metricsOf(walker, whole)
    outOfSample = { from: at(whole.from), to: at(whole.until - 1), metrics: named(chained), efficiency }
  }
  const trials: TrialBlocks = {
    trials: cells.length,
    bars: sampleBars(plan),
    blocks: sampleBlocks(plan),
    sums: results.sums,
    squares: results.squares,
    barsPerYear: instrument.bars.barsPerYear,
  }
  runner.load(cells[best])
  metricsOf(runner, plan.sample)
  const shape = shapeOf(returnsOf(runner.equityUsd()))
  const weights = await drawnWeights(ctx, trials.blocks, request.resamples)
  const job = {
    trials,
    weights,
    parts: cscvParts(trials.blocks),
    combinatorial: planned.combinatorial,
  }
  const { cscv: split, maxima, worth, combinatorial } = await overfittingTests(ctx, job, request.threads)
  const overfitting = overfittingOf({
    trials,
    chosen: best,
    shape: { skew: shape.skewness, kurtosis: shape.excessKurtosis + 3 },
    cscv: split,
    maxima,
    worth,
  })
  await yieldNow(ctx.signal)
  const paths = combinatorial && pathSpread(combinatorial, trials.barsPerYear)
  const bestMetrics = results.metrics.subarray(best * width, (best + 1) * width)
  const stability =
    folds.length === 0
      ? []
      : parameterStability(
          space.dimensions,
          chosen.map(({ values }) => values),
        )
  const sharpeAt = LEAN_METRICS.indexOf('sharpe')
  const traded = chained ?? bestMetrics
  const verdict = verdictOf({
    overfitting,
    outOfSample:
      chained === null || efficiency === null
        ? null
        : {
            ...resultOf(chained),
            trades: figure(chained, 'trades'),
            probabilisticSharpe: finite(figure(chained, 'probabilisticSharpe')),
            efficiency: efficiency.sharpe,
            folds: folds.length,
            profitableFolds: Math.round(efficiency.profitableFolds * folds.length),
          },
    paths,
    trades: figure(bestMetrics, 'trades'),
    costs: costsOf(
      traded,
      chained === null ? sampleBars(plan) : outOfSampleBars(folds),
      instrument.bars.barsPerYear ?? BARS_PER_YEAR,
    ),
    neighbours:
      request.search === 'grid'
        ? neighboursOf(space.dimensions, cells, cells[best], (cell) => results.metrics[cell * width + sharpeAt])
        : [],
    atEdge: edgesOf(space.dimensions, cells[best]),
    restless: restlessOf(space.dimensions, stability),
    barsPerYear: instrument.bars.barsPerYear,
  })
  const order = Array.from(scores.keys())
    .filter((cell) => !Number.isNaN(scores[cell]))
    .sort((a, b) => scores[b] - scores[a] || a - b)
  const row = (cell: number): OptimizeResult['top'][number] => ({
    parameters: { ...cells[cell] },
    score: scores[cell],
    metrics: named(results.metrics.subarray(cell * width, (cell + 1) * width)),
  })
  const data: OptimizeResult = {
    strategy: { name: strategy.name, rule: strategy.rule },
    instrument: instrument.name,
    series: prepared.loaded[0].words,
    simulated: prepared.loaded[0].simulated,
    settings: settingsDocument(
      settings,
      prepared.terms,
      instrument.multiplier,
      0,
      instrument.bars.barsPerYear ?? BARS_PER_YEAR,
    ),
    sample: datesOf(plan.sample),
    search: {
      method: request.search,
      cells: cells.length,
      excluded,
      constraints: space.constraints.map(({ text }) => text),
      dimensions: space.dimensions.map((one) =>
        one.kind === 'values'
          ? { name: one.name, values: [...one.values], low: null, high: null, log: false }
          : { name: one.name, values: null, low: one.low, high: one.high, log: one.log },
      ),
      engine: runner.kind,
    },
    objective: {
      goals: objective.goals.map(({ metric, direction }) => ({ metric, direction })),
      minTrades: objective.minTrades,
      penalties: objective.penalties.map(({ metric, weight }) => ({ metric, weight })),
    },
    best: row(best),
    top: order.slice(0, TOP).map(row),
    front: frontOf(objective, results.metrics, scores).map((cell) => {
      const { parameters, metrics } = row(cell)
      return { parameters, metrics }
    }),
    walkForward: {
      mode: request.mode,
      folds: folds.length,
      inSample: request.inSample,
      purge: request.purge,
      embargo: request.embargo,
      innerFolds: request.innerFolds,
      positions: 'flat before each test; a change of parameters trades what the new ones hold',
    },
    folds: foldRows,
    outOfSample,
    stability: stability.map((one) => ({ ...one, values: [...one.values] })),
    crossValidation: combinatorial &&
      paths && {
        ...combinatorial.plan,
        splits: combinatorial.splits.length,
        ...paths,
        paths: [...paths.paths],
        choices: paths.choices.slice(0, TOP).map(({ trial, splits }) => ({ parameters: { ...cells[trial] }, splits })),
      },
    overfitting: {
      ...overfitting,
      haircut: overfitting.haircut && { ...overfitting.haircut },
      reasons: { ...overfitting.reasons },
      logits: split === null ? null : histogramOf(split.logits),
    },
    verdict: { ...verdict, reasons: [...verdict.reasons] },
    conventions: Object.fromEntries(
      Object.entries(conventionsOf(settings, 0, instrument.bars.barsPerYear)).filter(
        ([name]) => LEAN_METRICS.includes(name) || !MEASURED.has(name),
      ),
    ),
    assertions: assertions.map((assertion) =>
      checkAssertion(assertion, {
        ...named(bestMetrics),
        ...Object.fromEntries(LEAN_METRICS.map((name) => [`outOfSample.${name}`, outOfSample?.metrics[name] ?? null])),
        ...Object.fromEntries(SUMMARY.map((name) => [`overfitting.${name}`, overfitting[name]])),
        ...Object.fromEntries(PATHS.map((name) => [`crossValidation.${name}`, paths?.[name] ?? null])),
      }),
    ),
  }
  return {
    asOf: Math.floor(instrument.bars.timeMs[instrument.bars.timeMs.length - 1] / 86_400_000),
    data,
    cells,
    scores,
    metrics: results.metrics,
    goal: objective.goals[0],
    dimensions: space.dimensions,
    split,
    simulated: data.simulated,
    source: prepared.loaded[0].source,
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

async function allAtOnce(
  ctx: OptimizeContext,
  sweep: Sweep,
  cells: readonly ParameterValues[],
  store: ReturnType<typeof sweepStore>,
): Promise<{ cells: readonly ParameterValues[]; results: SweepResults }> {
  const results = newResults(sweep, cells.length)
  const { kept, computed } = await computeCells(ctx, sweep, cells, results, store)
  if (kept > 0) ctx.note(`${kept} of ${cells.length} cells were computed before, ${computed} now`)
  return { cells, results }
}

/** Batch after batch, each from what all before have shown. */
async function proposed(
  ctx: OptimizeContext,
  sweep: Sweep,
  space: SearchSpace,
  { trials, seed }: OptimizeRequest,
  store: ReturnType<typeof sweepStore>,
): Promise<{ cells: readonly ParameterValues[]; results: SweepResults }> {
  const { plan } = sweep
  const results = newResults(sweep, trials + TPE_BATCH)
  const cells: ParameterValues[] = []
  const history: TrialScore[] = []
  const width = LEAN_METRICS.length
  const progress = ctx.progress('cells', trials)
  while (cells.length < trials) {
    const batch = proposeCells(space, history, seed).slice(0, trials - cells.length)
    if (batch.length === 0) break
    const first = cells.length
    const part = newResults(sweep, batch.length)
    await computeCells(silent(ctx), sweep, batch, part, store)
    progress.advance(batch.length)
    results.metrics.set(part.metrics, first * width)
    results.foldScores.set(part.foldScores, first * plan.trains.length)
    results.sums.set(part.sums, first * sampleBlocks(plan))
    results.squares.set(part.squares, first * sampleBlocks(plan))
    batch.forEach((values, i) => {
      cells.push(values)
      history.push({ values, score: scoreOf(plan.objective, part.metrics, i * width) })
    })
  }
  progress.stop()
  const n = cells.length
  return {
    cells,
    results: {
      metrics: results.metrics.subarray(0, n * width),
      foldScores: results.foldScores.subarray(0, n * plan.trains.length),
      sums: results.sums.subarray(0, n * sampleBlocks(plan)),
      squares: results.squares.subarray(0, n * sampleBlocks(plan)),
    },
  }
}

/** The same run without a bar of its own for each batch. */
function silent({ signal, dataDir, note }: OptimizeContext): SweepContext {
  return { signal, dataDir, note, progress: () => ({ advance: () => undefined, stop: () => undefined }) }
}

/** Resamples of the tests of data snooping; of a million bars they take seconds, in which Ctrl-C is heard. */
async function drawnWeights(ctx: OptimizeContext, blocks: number, resamples: number): Promise<BootstrapWeights> {
  const weights = noWeights(blocks, resamples, MEAN_RUN)
  const rng = ctx.rng('data-snooping')
  const step = Math.max(1, Math.floor(DRAWS / blocks))
  for (let from = 0; from < resamples; from += step) {
    await yieldNow(ctx.signal)
    drawResamples(weights, from, Math.min(resamples, from + step), rng)
  }
  return weights
}

function frontOf(objective: Objective, metrics: Float64Array, scores: Float64Array): number[] {
  return objective.goals.length > 1 ? paretoFront(objective, metrics, LEAN_METRICS.length, scores) : []
}

function histogramOf(logits: Float64Array): NonNullable<OptimizeResult['overfitting']['logits']> {
  const { from, width, counts } = logitHistogram(logits)
  return { from: [...from], width, counts: [...counts] }
}

function metricsOf(runner: CellRunner, { from, until }: Window): Float64Array {
  const out = new Float64Array(LEAN_METRICS.length)
  runner.run(from, until, { out, offset: 0, metrics: 'all' })
  return out
}

function figure(metrics: Float64Array, name: string): number {
  return metrics[LEAN_METRICS.indexOf(name)]
}

/** Costs and what they may be, per lot traded; null where nothing was. */
function costsOf(metrics: Float64Array, bars: number, barsPerYear: number): VerdictInput['costs'] {
  const perLotUsd = finite(figure(metrics, 'costPerTradedLotUsd'))
  const lotsPerYear = figure(metrics, 'turnoverLotsPerYear')
  if (perLotUsd === null || !(lotsPerYear > 0)) return null
  return {
    perLotUsd,
    breakEvenUsd: figure(metrics, 'netProfitUsd') / ((lotsPerYear * bars) / barsPerYear),
    lotsPerYear,
  }
}

function outOfSampleBars(folds: readonly Fold[]): number {
  return folds.reduce((bars, { test }) => bars + test.until - test.from, 0)
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function resultOf(metrics: Float64Array): { sharpe: number | null; netProfitUsd: number } {
  const sharpe = figure(metrics, 'sharpe')
  return { sharpe: Number.isFinite(sharpe) ? sharpe : null, netProfitUsd: figure(metrics, 'netProfitUsd') }
}

function named(metrics: Float64Array): Record<string, number | null> {
  return Object.fromEntries(LEAN_METRICS.map((name, i) => [name, Number.isFinite(metrics[i]) ? metrics[i] : null]))
}

function returnsOf(equityUsd: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, equityUsd.length - 1) }, (_, i) => equityUsd[i + 1] / equityUsd[i] - 1)
}
