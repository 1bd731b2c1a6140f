import { z } from 'zod'
import { PathDistribution } from './parts/path-distribution.js'

const Interval = z
  .strictObject({ low: z.number(), high: z.number() })
  .describe('Wilson interval at `level`: what the number of paths leaves open')

export const BacktestMontecarloData = z
  .strictObject({
    strategy: z.strictObject({
      name: z.string(),
      parameters: z.record(z.string(), z.union([z.number(), z.string()])),
    }),
    instrument: z.string().nullable(),
    series: z.string().describe('What the prices of the run are'),
    bars: z.int(),
    first: z.string(),
    last: z.string(),
    trades: z.int().describe('Closed round trips of the run'),
    method: z.string().describe('stationary, circular, moving, trades, trade-order, garch, simulator or random-entry'),
    how: z.string().describe('The method in words'),
    paths: z.int(),
    level: z.number().describe('Of every interval'),
    resampled: z
      .string()
      .nullable()
      .describe('pnl: profit of a bar in USD, added up; returns: compounded; null where the engine trades each path'),
    block: z
      .strictObject({
        bars: z.number().describe('Mean length (stationary) or length'),
        chosen: z.enum(['automatic', 'given']),
      })
      .nullable()
      .describe('null for methods without blocks'),
    initialCapitalUsd: z.number(),
    ruinUsd: z.number().describe('Equity at or below it is ruin: the path ends there'),
    finalEquity: PathDistribution.describe('Equity at the last bar, USD'),
    totalReturn: PathDistribution.describe('Final equity ÷ initial capital − 1, fraction'),
    sharpe: PathDistribution.describe('As the metric sharpe, risk-free rate 0'),
    maxDrawdown: PathDistribution.describe('Fraction, ≤ 0: p5 is the deep end'),
    maxDrawdownUsd: PathDistribution.describe('USD, ≤ 0'),
    probabilityOfLoss: z.number().describe('Share of the paths that end below the initial capital'),
    probabilityOfLossInterval: Interval,
    probabilityOfRuin: z.number().describe('Share of the paths that reach ruinUsd'),
    probabilityOfRuinInterval: Interval,
    garch: z
      .strictObject({
        mu: z.number().describe('Price units a bar'),
        omega: z.number(),
        alpha: z.number(),
        beta: z.number(),
        persistence: z.number().describe('alpha + beta'),
        converged: z.boolean(),
      })
      .nullable()
      .describe('Fitted to the price changes of the run; null for other methods'),
    randomEntry: z
      .strictObject({
        longBars: z.int().describe('Bars held long in each path, as in the run'),
        shortBars: z.int(),
        stretches: z.int().describe('Positions and waits between them that were dealt anew'),
        pValueSharpe: z.number().describe('(1 + paths with at least the Sharpe ratio of the run) ÷ (1 + paths)'),
        pValueFinalEquity: z.number().describe('The same by final equity'),
      })
      .nullable()
      .describe('One-sided: is the timing better than chance? null for other methods'),
    cone: z
      .array(
        z.strictObject({
          bar: z.int(),
          date: z.string(),
          observed: z.number().nullable().describe('Equity of the run; null after its ruin'),
          p5: z.number(),
          p25: z.number(),
          p50: z.number(),
          p75: z.number(),
          p95: z.number(),
        }),
      )
      .describe('Quantiles of equity over the paths at some hundred bars, USD'),
    conventions: z.record(z.string(), z.string()),
    assertions: z.array(z.strictObject({ assertion: z.string(), value: z.number().nullable(), holds: z.boolean() })),
  })
  .describe('A back-test as it might have come out')
export type BacktestMontecarloData = z.infer<typeof BacktestMontecarloData>
