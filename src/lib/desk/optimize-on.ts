import { availableParallelism } from 'node:os'
import { checkAssertion, parseAssertion } from '../backtest/assertion.js'
import { chainedStrategy } from '../backtest/lean/chained-strategy.js'
import { createCellRunner, type CellRunner } from '../backtest/lean/cell-runner.js'
import { LEAN_METRICS } from '../backtest/lean/lean-metrics.js'
import { METRICS } from '../backtest/metrics/measure.js'
import { BARS_PER_YEAR, returnsOf } from '../backtest/metrics/performance.js'
import { barTimeText } from '../backtest/price-bars.js'
import { conventionsOf } from '../backtest/run-conventions.js'
import type { ParameterValues } from '../backtest/strategy.js'
import type { OptimizeResult } from '../documents/optimize.js'
import type { EpochDay } from '../kernel/day.js'
import { shapeOf } from '../kernel/shape.js'
import { parameterStability } from '../optimize/folds/parameter-stability.js'
import { pathSpread } from '../optimize/folds/path-spread.js'
import { walkForwardEfficiency, type FoldResult } from '../optimize/folds/walk-forward-efficiency.js'
import type { Fold, Window } from '../optimize/folds/walk-forward.js'
import { bestCell, noBestCell, scoreOf, type Goal, type Objective } from '../optimize/objective/objective.js'
import { paretoFront } from '../optimize/objective/pareto-front.js'
import { cscvParts, type Cscv } from '../optimize/overfitting/cscv.js'
import { logitHistogram } from '../optimize/overfitting/logit-histogram.js'
import { overfittingOf } from '../optimize/overfitting/overfitting.js'
import { verdictOf, type VerdictInput } from '../optimize/overfitting/verdict.js'
import { edgesOf, neighboursOf, restlessOf } from '../optimize/overfitting/verdict-facts.js'
import type { TrialBlocks } from '../optimize/overfitting/trial-blocks.js'
import type { Dimension } from '../optimize/space/dimension.js'
import type { SearchSpace } from '../optimize/space/search-space.js'
import { proposeCells, TPE_BATCH, type TrialScore } from '../optimize/space/tree-parzen.js'
import { sampleBars, sampleBlocks, type SweepResults } from '../optimize/sweep-cells.js'
import { startWorkers } from '../runtime/pool.js'
import { workerFile } from '../runtime/worker-file.js'
import { yieldNow } from '../runtime/yield-now.js'
import { drawnWeights, overfittingTests } from './overfitting-tests.js'
import { planSweep, type OptimizeContext, type OptimizeRequest } from './plan-sweep.js'
import { settingsDocument } from './settings-document.js'
import { computeCells, newResults, sweepStore, type Sweep, type SweepContext } from './sweep-cells-on.js'

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

/** Metrics of a back-test; cells are measured on some of them. */
const MEASURED = new Set(METRICS.map(({ name }) => name))
const TOP = 10
/** So many are computed on threads whatever they are: those start while prices are read. */
const MANY_CELLS = 2000
const PATHS = ['min', 'p5', 'median', 'p95', 'max', 'mean', 'lossShare'] as const
const SUMMARY = ['pbo', 'deflatedSharpe', 'realityCheckP', 'spaP', 'trials'] as const

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
  const weights = await drawnWeights(ctx, ctx.rng('data-snooping'), trials.blocks, request.resamples)
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
