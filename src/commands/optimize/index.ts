import { basename } from 'node:path'
import { assertFlag, backtestFlags, pageFlags } from '../../lib/cli/backtest-flags.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args, flags } from '../../lib/cli/flags.js'
import { chartingFlags } from '../../lib/cli/global-flags.js'
import type { Report } from '../../lib/cli/report.js'
import { parseShard, wholeSearchWords } from '../../lib/cli/shard-words.js'
import { refuseTwoStrategies, strategyFirst } from '../../lib/cli/strategy-first.js'
import { assertionTrip } from '../../lib/desk/assertion-trip.js'
import { backtestRequest } from '../../lib/desk/backtest-request.js'
import { optimizeOn } from '../../lib/desk/optimize-on.js'
import { cellsTable, optimizeView, shardTable, sizeTable } from '../../lib/desk/optimize-view.js'
import { planSweep, SEARCHES, type OptimizeContext, type OptimizeRequest } from '../../lib/desk/plan-sweep.js'
import { sweepSize } from '../../lib/desk/sweep-size.js'
import { requireTableFile, tableFile } from '../../lib/desk/table-file.js'
import type { OptimizeData } from '../../lib/documents/optimize.js'
import { parseGroups } from '../../lib/optimize/folds/parse-groups.js'
import { WALK_MODES } from '../../lib/optimize/folds/walk-forward.js'
import { ContangoError } from '../../lib/kernel/errors.js'
import { drawnSearch } from '../../lib/reports/optimize/drawn-search.js'
import { OPTIMIZE_PANELS } from '../../lib/reports/optimize/optimize-panels.js'
import { requireReportFile } from '../../lib/reports/require-report-file.js'
import { clock } from '../../lib/runtime/clock.js'
import { writeAtomic } from '../../lib/runtime/write-atomic.js'

export default class Optimize extends ContangoCommand {
  static override summary =
    'Search the parameters of a strategy, walk forward, and say how much of the result is owed to the search'
  static override description =
    'After -- stand ranges (5:20:5), lists (20,30,40) and logarithmic steps (log:0.01:10:7). Every finished cell is kept, so that a ' +
    'stopped search goes on where it was. The verdict comes first. Statistics: docs/optimize-statistics.md; the rest: docs/optimize.md.'
  static override examples = [
    '<%= config.bin %> optimize ma-crossover wti -- --fast 5:20:5 --slow 20,30,40,50',
    '<%= config.bin %> optimize ma-crossover wti --constraint "fast<slow" --folds 3 --json -- --fast 5:20:5 --slow 10:40:10',
    '<%= config.bin %> optimize zscore-spread crack-3-2-1 --search random --trials 20 --cells cells.parquet -- --window 10:60:1',
    '<%= config.bin %> optimize ma-crossover wti --report search.html -- --fast 5:20:5 --slow 20:80:20',
  ]
  static override baseFlags = chartingFlags
  static override needsWorkspace = false
  static override passesOn = true
  static override arranged = strategyFirst
  static override args = {
    strategy: args.string({
      required: true,
      description: 'As contango backtest list names it, or a file with a strategy of your own',
    }),
    instrument: args.product({ description: 'Product, spread, or symbol of the lake; optional with --prices' }),
  }
  static override flags = {
    ...backtestFlags,
    strategy: flags.strategyFile({ summary: 'Other words for STRATEGY: a file with a strategy of your own.' }),
    search: flags.choice({ options: SEARCHES, default: 'grid', summary: 'How cells are found; tpe is Bayesian.' })(),
    trials: flags.integer({ min: 1, max: 1_000_000, default: 100, summary: 'Cells of a search that draws them.' }),
    constraint: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '"A<B"',
      summary: 'What must hold between parameters; may be repeated.',
    }),
    metric: flags.string({
      default: 'sharpe',
      helpValue: 'METRIC',
      summary: 'What is sought: sharpe, max:calmar, min:ulcerIndex; several between commas give a front.',
    }),
    'min-trades': flags.integer({
      min: 0,
      max: 1_000_000,
      default: 0,
      summary: 'Round trips below which a cell is not chosen.',
    }),
    penalty: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'METRIC:WEIGHT',
      summary: 'Taken off the score; may be repeated.',
    }),
    'walk-forward': flags.choice({ options: WALK_MODES, default: 'rolling', summary: 'How the searches move on.' })(),
    folds: flags.integer({
      min: 0,
      max: 100,
      default: 4,
      summary: 'Searches with a test after each; 0 holds nothing back. tpe: 1 by default.',
    }),
    'in-sample': flags.number({ min: 0.05, max: 0.95, default: 0.7, summary: 'Share of a fold that its search sees.' }),
    purge: flags.integer({
      min: 0,
      max: 1000,
      default: 0,
      summary: 'Bars between a search and its test that belong to neither.',
    }),
    embargo: flags.integer({ min: 0, max: 1000, default: 0, summary: 'Further such bars.' }),
    'inner-folds': flags.integer({
      min: 1,
      max: 20,
      default: 1,
      summary: 'Parts of each search that are scored one by one.',
    }),
    cpcv: flags.string({
      default: 'auto',
      helpValue: 'N:K',
      summary: 'Combinatorial purged cross-validation: K of N stretches tested at a time; auto is 10:2, or none.',
    }),
    resamples: flags.integer({ min: 100, max: 100_000, default: 1000, summary: 'Of the reality check and SPA.' }),
    ...pageFlags,
    panel: flags.choice({
      options: OPTIMIZE_PANELS,
      summary: 'Which picture --chart draws; map by default, slices where one parameter is searched.',
    })(),
    cells: flags.file({ summary: 'Write every cell (.csv, .ndjson, .parquet).' }),
    assert: assertFlag,
    'fail-on-overfit': flags.number({
      min: 0,
      max: 1,
      helpValue: 'P',
      summary: 'Exit 10 where the probability of over-fitting is above P, or not known.',
    }),
    shard: flags.string({
      helpValue: 'I/N',
      exclusive: ['dry-run'],
      summary: 'Compute a part of the cells into --cells FILE.parquet; auto asks Slurm or Kubernetes.',
    }),
    'dry-run': flags.boolean({ summary: 'Say how many cells there are and compute none.' }),
    store: flags.boolean({
      default: true,
      allowNo: true,
      summary: 'Keep finished cells in data/sweeps and take them up again.',
    }),
    threads: flags.integer({ min: 1, max: 64, summary: 'Worker threads, all by default; they change no figure.' }),
  }

  protected async answer(ctx: Context): Promise<Report<OptimizeData>> {
    const { args, flags } = this.input(Optimize)
    refuseTwoStrategies(flags)
    if (flags.cells !== undefined) requireTableFile(flags.cells)
    requireReportFile(flags.report)
    const { report, charts } = flags
    const draws = this.wantsChart || report !== undefined || charts !== undefined
    if (draws && (flags['dry-run'] === true || flags.shard !== undefined)) {
      throw new ContangoError(
        'usage',
        'NOTHING_TO_DRAW',
        `${flags.shard === undefined ? '--dry-run computes no cell' : 'a shard is a part of a search'}: there is nothing to draw`,
        'draw the whole search',
      )
    }
    const line = { strategy: args.strategy, instrument: args.instrument, parameters: this.passedOn }
    const request: OptimizeRequest = {
      backtest: backtestRequest(line, flags, async (file, withVolume) => {
        const { readPriceBars } = await import('../../lib/sources/csv/price-bars-file.js')
        return readPriceBars(ctx.resolveFile(file), basename(file), withVolume, ctx.signal)
      }),
      search: flags.search,
      trials: flags.trials,
      seed: ctx.seed,
      constraints: flags.constraint ?? [],
      metric: flags.metric,
      minTrades: flags['min-trades'],
      penalties: flags.penalty ?? [],
      mode: flags['walk-forward'],
      folds: foldsOf(ctx, flags.search, flags.folds),
      inSample: flags['in-sample'],
      purge: flags.purge,
      embargo: flags.embargo,
      innerFolds: flags['inner-folds'],
      groups: parseGroups(flags.cpcv),
      resamples: flags.resamples,
      threads: flags.threads ?? null,
      assertions: flags.assert ?? [],
    }
    const context: OptimizeContext = Object.assign(Object.create(ctx) as Context, {
      dataDir: flags.store ? dataDirOf(ctx) : null,
    })
    if (flags.shard !== undefined) return this.shard(ctx, context, request, flags.shard, flags.cells)
    if (flags['dry-run'] === true) {
      const planned = await planSweep(context, request)
      const { size, threads, seconds } = await sweepSize(context, planned, request, clock.monotonicMs)
      const about = seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)
      ctx.note(`about ${about} s on ${threads} thread${threads === 1 ? '' : 's'}`)
      return { asOf: null, data: size, rows: sizeTable(size) }
    }
    const answer = await optimizeOn(context, request)
    const { asOf, data } = answer
    const table = cellsTable(answer)
    if (flags.cells !== undefined) {
      const about = { strategy: data.strategy.name, series: data.series, simulated: String(answer.simulated) }
      await writeAtomic(ctx.resolveFile(flags.cells), await tableFile(basename(flags.cells), table, about), ctx.signal)
      ctx.note(`wrote ${basename(flags.cells)}`)
    }
    const wanted = { panel: this.wantsChart ? flags.panel : null, report, charts }
    const { chart, afterDocument } = await drawnSearch(ctx, wanted, async () => {
      const { searchLandscape } = await import('../../lib/desk/search-landscape.js')
      return searchLandscape(answer)
    })
    const limit = flags['fail-on-overfit']
    const { pbo } = data.overfitting
    const overfit = limit !== undefined && (pbo === null || pbo > limit)
    return {
      asOf,
      data,
      rows: table,
      view: optimizeView(data),
      chart,
      onDocument: report === undefined ? undefined : afterDocument,
      trip: overfit
        ? {
            code: 'OVERFIT',
            message: `probability of over-fitting ${pbo === null ? 'is not known' : `${pbo.toFixed(2)} is above ${limit}`}`,
          }
        : assertionTrip(data.assertions),
    }
  }

  private async shard(
    ctx: Context,
    context: OptimizeContext,
    request: OptimizeRequest,
    place: string,
    file: string | undefined,
  ): Promise<Report<OptimizeData>> {
    if (file?.toLowerCase().endsWith('.parquet') !== true)
      throw new ContangoError('usage', 'SHARD_FILE', '--shard writes its cells as Parquet', '--cells shards/3.parquet')
    const { shardOn } = await import('../../lib/desk/sweep-shard.js')
    const words = [...wholeSearchWords(this.argv), ...(this.passedOn.length > 0 ? ['--', ...this.passedOn] : [])]
    const { asOf, data, parquet } = await shardOn(context, request, parseShard(place, this.environment), words)
    await writeAtomic(ctx.resolveFile(file), parquet, ctx.signal)
    ctx.note(`wrote ${basename(file)}`)
    return { asOf, data, rows: shardTable(data) }
  }
}

/** A search that learns from what it has tried would have seen the tests of its earlier folds. */
function foldsOf(ctx: Context, search: OptimizeRequest['search'], folds: number): number {
  if (search !== 'tpe' || folds <= 1) return folds
  ctx.warn('ONE_FOLD', `a Bayesian search learns from what it has tried: one fold and not ${folds}`, { folds })
  return 1
}

/** Nothing is kept where there is no workspace. */
function dataDirOf(ctx: Context): string | null {
  try {
    return ctx.workspace.dataDir
  } catch (error) {
    if (error instanceof ContangoError && error.code === 'NO_WORKSPACE') return null
    throw error
  }
}
