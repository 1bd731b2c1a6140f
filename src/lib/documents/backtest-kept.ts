import { z } from 'zod'

export const BacktestKeptData = z
  .strictObject({
    runs: z.array(
      z.strictObject({
        id: z.string().describe('First 12 hex digits of the sha256 of its document'),
        isLast: z.boolean().describe('What backtest show last prints'),
        strategy: z.string(),
        parameters: z.record(z.string(), z.union([z.number(), z.string()])),
        instrument: z.string().nullable(),
        first: z.string(),
        last: z.string(),
        totalReturn: z.number().nullable().describe('Fraction'),
        sharpe: z.number().nullable(),
        maxDrawdown: z.number().nullable().describe('Fraction, ≤ 0'),
        trades: z.int(),
      }),
    ),
  })
  .describe('Back-tests that were kept in the workspace, by id')
export type BacktestKeptData = z.infer<typeof BacktestKeptData>
