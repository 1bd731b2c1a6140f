import { z } from 'zod'

const Values = z.array(z.number().nullable()).describe('In the order of `runs`; null where it is undefined')

export const BacktestCompareData = z
  .strictObject({
    runs: z.array(
      z.strictObject({
        label: z.string().describe('What stands in tables and pictures'),
        from: z.enum(['strategy', 'file', 'kept']).describe('Run now, or read from a result'),
        id: z.string().nullable().describe('Of a kept run'),
        strategy: z.string(),
        parameters: z.record(z.string(), z.union([z.number(), z.string()])),
        instrument: z.string().nullable(),
        first: z.string(),
        last: z.string(),
        bars: z.int(),
        trades: z.int(),
        finalUsd: z.number(),
        droppedDays: z.int().describe('Its days that another run lacks: not compared'),
        firstDropped: z.array(z.string()).describe('Five of them at most'),
      }),
    ),
    metrics: z
      .array(z.strictObject({ name: z.string(), convention: z.string().nullable(), values: Values }))
      .describe('Of each run over its own history, as its own document has them'),
    common: z
      .strictObject({
        first: z.string(),
        last: z.string(),
        days: z.int().describe('Days that every run has'),
        metrics: z
          .array(z.strictObject({ name: z.string(), values: Values, combined: z.number().nullable() }))
          .describe('On those days alone: what can be compared; and of the combined account'),
      })
      .describe('What the runs share'),
    correlation: z
      .array(z.array(z.number().nullable()))
      .describe('Of daily returns on the common days, in the order of `runs`'),
    combined: z.strictObject({
      initialUsd: z.number().describe('Sum of the equities on the first common day'),
      finalUsd: z.number().describe('All runs side by side in one account: their profits are added'),
      diversification: z
        .number()
        .nullable()
        .describe('Σ standard deviations of daily profit ÷ that of the sum: 1 where all move as one'),
    }),
    pairs: z
      .array(
        z.strictObject({
          a: z.string(),
          b: z.string(),
          sharpeDifference: z
            .number()
            .nullable()
            .describe('Sharpe of a − Sharpe of b, common days, annualised; null where undefined'),
          standardError: z.number().nullable(),
          interval: z
            .strictObject({ low: z.number().nullable(), high: z.number().nullable() })
            .describe('Percentiles at `level`'),
          pValue: z.number().nullable().describe('Two-sided, paired stationary bootstrap'),
          holmPValue: z.number().nullable().describe('The same for all pairs at once, Holm (1979)'),
          studentisedPValue: z
            .number()
            .nullable()
            .describe('Two-sided, studentised circular block bootstrap of Ledoit and Wolf (2008)'),
          hacPValue: z.number().nullable().describe('Two-sided, normal, HAC standard error'),
          memmelPValue: z
            .number()
            .nullable()
            .describe('Two-sided, Jobson–Korkie–Memmel: for independent normal returns'),
          probabilityBetter: z.number().nullable().describe('Share of the draws in which a has the higher ratio'),
          blockDays: z.number().describe('Mean block length'),
        }),
      )
      .describe('Every two runs; beyond six runs the first against each'),
    level: z.number(),
    draws: z.int(),
    conventions: z.record(z.string(), z.string()),
    assertions: z.array(z.strictObject({ assertion: z.string(), value: z.number().nullable(), holds: z.boolean() })),
  })
  .describe('Several back-tests side by side')
export type BacktestCompareData = z.infer<typeof BacktestCompareData>
