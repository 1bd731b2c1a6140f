import { z } from 'zod'

export const BacktestListData = z
  .strictObject({
    strategies: z.array(
      z.strictObject({
        name: z.string(),
        summary: z.string(),
        rule: z.string(),
        parameters: z.array(
          z.strictObject({
            name: z.string().describe('Without its dashes; stands after -- on the command line'),
            kind: z.enum(['integer', 'number', 'choice', 'text']),
            default: z.union([z.number(), z.string()]),
            min: z.number().nullable().describe('null where there is no limit, or it is no number'),
            max: z.number().nullable().describe('null where there is no limit, or it is no number'),
            options: z.array(z.string()).nullable().describe('Of a choice'),
            summary: z.string(),
          }),
        ),
        columns: z.array(z.string()).describe('What it looks at besides prices, under its defaults'),
        sizing: z.string().nullable().describe('The formula of its own size; null where it has none: fixed lots'),
        firstDecisionBar: z.int().describe('Index of the first bar on whose close it decides, under its defaults'),
      }),
    ),
    signals: z
      .array(z.strictObject({ name: z.string().describe('As typed: signal:carry'), title: z.string() }))
      .describe('Signals that can be traded as strategies; empty where one strategy was asked for'),
  })
  .describe('Strategies and their parameters')
export type BacktestListData = z.infer<typeof BacktestListData>
