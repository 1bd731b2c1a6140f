import { z } from 'zod'
import { AccountSettingsDocument } from './parts/account-settings-document.js'

const number = z.number().nullable()
const Metrics = z
  .record(z.string(), number)
  .describe('As backtest measures them, by name; conventions: docs/backtest.md')
const Parameters = z.record(z.string(), z.union([z.number(), z.string()]))
const WindowDates = z.strictObject({
  from: z.string().describe('Date of the first bar whose return counts'),
  to: z.string().describe('Date of the last'),
  bars: z.int(),
})
const Tail = z.strictObject({ pValue: z.number(), sharpe: z.number(), haircut: z.number() })

const Result = z
  .strictObject({
    strategy: z.strictObject({ name: z.string(), rule: z.string() }),
    instrument: z.string(),
    series: z.string().describe('What the prices are'),
    simulated: z.boolean(),
    settings: AccountSettingsDocument.describe('Costs, orders and capital of every cell'),
    sample: WindowDates.describe('All bars that the search may see'),
    search: z.strictObject({
      method: z.enum(['grid', 'random', 'latin-hypercube', 'tpe']),
      cells: z.int().describe('Parameters that were tried'),
      excluded: z.int().describe('Combinations that a constraint or the strategy itself excludes'),
      constraints: z.array(z.string()),
      dimensions: z
        .array(
          z.strictObject({
            name: z.string(),
            values: z
              .array(z.union([z.number(), z.string()]))
              .nullable()
              .describe('null for an interval'),
            low: number,
            high: number,
            log: z.boolean(),
          }),
        )
        .describe('Every parameter of the strategy; one that was not named has its default'),
      engine: z.enum(['lean', 'engine']).describe('lean: the fast path, equal to the engine'),
    }),
    objective: z.strictObject({
      goals: z.array(z.strictObject({ metric: z.string(), direction: z.enum(['max', 'min']) })),
      minTrades: z.int(),
      penalties: z.array(z.strictObject({ metric: z.string(), weight: z.number() })),
    }),
    best: z
      .strictObject({ parameters: Parameters, score: z.number(), metrics: Metrics })
      .describe('Highest score over the whole sample: in sample, and chosen among all cells'),
    top: z
      .array(z.strictObject({ parameters: Parameters, score: z.number(), metrics: Metrics }))
      .describe('The ten best'),
    front: z
      .array(z.strictObject({ parameters: Parameters, metrics: Metrics }))
      .describe('With several goals: cells that none beats in one without falling behind in another; else empty'),
    walkForward: z.strictObject({
      mode: z.enum(['rolling', 'anchored']),
      folds: z.int(),
      inSample: z.number(),
      purge: z.int(),
      embargo: z.int(),
      innerFolds: z.int(),
      positions: z.string(),
    }),
    folds: z.array(
      z.strictObject({
        train: WindowDates,
        test: WindowDates,
        parameters: Parameters.describe('Chosen on `train` alone'),
        score: z.number().describe('In `train`'),
        inSample: Metrics,
        outOfSample: Metrics,
      }),
    ),
    outOfSample: z
      .strictObject({
        from: z.string(),
        to: z.string(),
        metrics: Metrics.describe('Of the chained tests: one equity over all of them'),
        efficiency: z.strictObject({
          profit: number.describe('Profit a bar out of sample ÷ in sample'),
          sharpe: number.describe('Mean Sharpe of the tests ÷ of the searches'),
          profitableFolds: z.number().describe('Share of the tests with a profit'),
        }),
      })
      .nullable()
      .describe('null without folds'),
    stability: z.array(
      z.strictObject({
        name: z.string(),
        values: z.array(z.union([z.number(), z.string()])).describe('Fold by fold'),
        distinct: z.int(),
        modeShare: z.number(),
        variation: number,
        meanStep: number.describe('Mean step between folds as a share of the searched range; 1/3 is what chance does'),
      }),
    ),
    crossValidation: z
      .strictObject({
        groups: z.int().describe('Stretches of time'),
        testGroups: z.int().describe('How many of them each split tests'),
        purge: z.int(),
        embargo: z.int(),
        splits: z.int(),
        paths: z
          .array(number)
          .describe('Sharpe ratio a year of each history that the tests make: every bar out of sample once'),
        min: number,
        p5: number,
        median: number,
        p95: number,
        max: number,
        mean: number,
        deviation: number.describe('ddof 1; paths share cells and bars, so that they are no independent draws'),
        lossShare: number.describe('Share of the paths with a Sharpe ratio of 0 or less'),
        inSample: number.describe('Mean Sharpe ratio a year of the choices where they were chosen'),
        choices: z
          .array(z.strictObject({ parameters: Parameters, splits: z.int() }))
          .describe('What the splits chose by Sharpe ratio, the ten most frequent'),
      })
      .nullable()
      .describe(
        'Combinatorial purged cross-validation: López de Prado (2018), ch. 12; null under --cpcv none and for few bars',
      ),
    overfitting: z
      .strictObject({
        trials: z.int(),
        effectiveTrials: z.number(),
        meanCorrelation: number,
        sharpe: number,
        medianSharpe: number.describe('Of all cells that traded: what no choice would show'),
        sharpeSpread: number,
        expectedMaximumSharpe: number,
        deflatedSharpe: number,
        deflatedSharpeEffective: number,
        probabilisticSharpe: number,
        minimumTrackRecordBars: number,
        minimumTrackRecordBarsDeflated: number,
        bars: z.int(),
        haircut: z.strictObject({ bonferroni: Tail, holm: Tail, bhy: Tail }).nullable(),
        pbo: number,
        probabilityOfLoss: number,
        degradation: z.strictObject({ slope: z.number(), intercept: z.number(), r2: z.number() }).nullable(),
        splits: z.int(),
        parts: z.int(),
        realityCheckP: number,
        spaP: number,
        spa: z.strictObject({ lower: z.number(), consistent: z.number(), upper: z.number() }).nullable(),
        reasons: z.record(z.string(), z.string()),
        logits: z
          .strictObject({ from: z.array(z.number()), width: z.number(), counts: z.array(z.int()) })
          .nullable()
          .describe('Histogram behind pbo'),
      })
      .describe('How much of the best result is owed to the search: docs/optimize-statistics.md'),
    verdict: z.strictObject({
      level: z.enum(['untestable', 'rejected', 'unproven', 'survives']),
      headline: z.string(),
      reasons: z.array(z.string()),
    }),
    conventions: z.record(z.string(), z.string()).describe('How cells trade, and how each metric is computed'),
    assertions: z.array(z.strictObject({ assertion: z.string(), value: number, holds: z.boolean() })),
  })
  .describe('The best parameters of a search, and whether to believe them')
export type OptimizeResult = z.infer<typeof Result>

const Plan = z
  .strictObject({
    dryRun: z.literal(true),
    cells: z.int().describe('Cells that the search would try'),
    excluded: z.int(),
    kept: z.int().describe('Of them computed before'),
    bars: z.int(),
    folds: z.int(),
    runs: z.int().describe('Windows that would be run: the sample and each part of each search'),
  })
  .describe('What --dry-run says')

const Shard = z
  .strictObject({
    shard: z.int().describe('1 to `of`'),
    of: z.int(),
    cells: z.int().describe('Cells in the file of this shard'),
    total: z.int().describe('Cells of the whole search'),
    identity: z.string().describe('Of strategy, prices, account and folds: the same in all shards'),
  })
  .describe('What --shard computed: optimize merge makes one search of all of them')

export const OptimizeData = z.union([Result, Plan, Shard])
export type OptimizeData = z.infer<typeof OptimizeData>
