import { z } from 'zod'

const LikelihoodRatio = z.strictObject({
  lr: z.number().describe('Likelihood ratio'),
  df: z.int().describe('Degrees of freedom of χ²'),
  p: z.number().describe('Probability of a larger ratio where the method is right'),
})

export const BacktestResult = z
  .strictObject({
    method: z.string().describe('normal, ewma, historical …'),
    confidence: z.number().describe('Of the VaR that was forecast'),
    observations: z.int().describe('Days with a forecast'),
    exceptions: z.int().describe('Days whose loss was strictly above VaR'),
    expectedExceptions: z.number().describe('observations × (1 − confidence)'),
    kupiecP: z.number().nullable().describe('p of `kupiec`'),
    independenceP: z.number().nullable().describe('p of `independence`'),
    conditionalCoverageP: z.number().nullable().describe('p of `conditionalCoverage`'),
    dynamicQuantileP: z.number().nullable().describe('p of `dynamicQuantile`'),
    trafficLight: z.enum(['green', 'yellow', 'red']).nullable().describe('Basel zone, or its binomial likeness'),
    trafficLightRule: z
      .enum(['basel', 'binomial'])
      .nullable()
      .describe('basel: last 250 days at 99 %, 4 and 9 exceptions; binomial: all days, 95 % and 99.99 %'),
    trafficLightExceptions: z.int().nullable().describe('Exceptions among the days that the light counts'),
    kupiec: LikelihoodRatio.nullable().describe('Unconditional coverage: as many exceptions as there should be?'),
    independence: LikelihoodRatio.nullable().describe('Christoffersen: does an exception make another more likely?'),
    conditionalCoverage: LikelihoodRatio.nullable().describe('Both: the ratios added'),
    dynamicQuantile: LikelihoodRatio.nullable().describe(
      'Engle–Manganelli with 4 lagged hits and VaR; null where hits or VaR do not vary',
    ),
    acerbiSzekely: z
      .strictObject({
        z1: z.number().nullable().describe('mean(P&L ÷ ES over exceptions) + 1; negative where ES was too small'),
        z2: z.number().describe('Σ(P&L·1[exception] ÷ ES) ÷ (n·p) + 1; negative where the tail was too small'),
      })
      .nullable()
      .describe('Tests of ES; null where the method gave no ES'),
    quantileLossUsd: z.number().nullable().describe('Mean tick loss, in `unit`: the lower, the better'),
    rank: z.int().nullable().describe('1 is the lowest quantile loss among the methods at this confidence'),
    failedDays: z.int().describe('Days on which the method gave no forecast; left out'),
    error: z
      .strictObject({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why there is no result; null where there is one'),
  })
  .describe('One method at one confidence')
export type BacktestResult = z.infer<typeof BacktestResult>

export const VarBacktestData = z
  .strictObject({
    source: z.enum(['book', 'prices']).describe('Where the positions came from'),
    name: z.string().describe('Name of the book or of the price file'),
    unit: z.enum(['USD', 'return']).describe('Unit of P&L and VaR'),
    mode: z.enum(['diff', 'simple', 'log']).describe('How a past price change becomes P&L'),
    window: z.int().describe('Returns behind each forecast'),
    refitDays: z.int().describe('Days between two estimations of the GARCH parameters and the shape of Student’s t'),
    returns: z.int().describe('Daily returns in all'),
    from: z.string().describe('Day of the first forecast, YYYY-MM-DD'),
    to: z.string().describe('Day of the last, YYYY-MM-DD'),
    results: z.array(BacktestResult),
    exceptionDays: z
      .array(
        z.strictObject({
          date: z.string().describe('YYYY-MM-DD'),
          pnlUsd: z.number().describe('Realised P&L, in `unit`'),
          exceeded: z
            .array(z.strictObject({ method: z.string(), confidence: z.number(), varUsd: z.number() }))
            .describe('Forecasts that the loss went beyond'),
        }),
      )
      .describe('Days on which a loss went beyond some VaR, worst first'),
    series: z
      .strictObject({
        dates: z.array(z.string()).describe('YYYY-MM-DD'),
        pnlUsd: z.array(z.number()).describe('Realised P&L, in `unit`'),
        forecasts: z.array(
          z.strictObject({
            method: z.string(),
            confidence: z.number(),
            varUsd: z.array(z.number().nullable()).describe('Forecast of the day before; null where the method failed'),
          }),
        ),
      })
      .nullable()
      .describe('The last --series days; null without it'),
  })
  .describe('One-day VaR forecasts of a rolling window against what then happened')
export type VarBacktestData = z.infer<typeof VarBacktestData>
