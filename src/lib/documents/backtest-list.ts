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
            min: z.number().nullable(),
            max: z.number().nullable(),
            options: z.array(z.string()).nullable(),
            summary: z.string(),
          }),
        ),
      }),
    ),
  })
  .describe('Strategies and their parameters')
export type BacktestListData = z.infer<typeof BacktestListData>
