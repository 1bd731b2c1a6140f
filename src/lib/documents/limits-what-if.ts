import { z } from 'zod'
import { LimitRow, LimitsAssumptions } from './limits-check.js'

export const WhatIfRow = z.strictObject({
  ...LimitRow.shape,
  valueBefore: z.number().nullable().describe('Without the trades'),
  utilisationBefore: z.number().nullable(),
  statusBefore: LimitRow.shape.status.nullable().describe('null where the limit only exists with the trades'),
})
export type WhatIfRow = z.infer<typeof WhatIfRow>

export const LimitsWhatIfData = z
  .strictObject({
    book: z.string(),
    date: z.string().describe('YYYY-MM-DD'),
    capitalUsd: z.number().nullable(),
    trades: z.array(
      z.strictObject({
        position: z.string(),
        contract: z.string(),
        lots: z.int().describe('Bought is positive'),
        settlement: z.number(),
        notionalUsd: z.number(),
      }),
    ),
    limits: z.array(WhatIfRow).describe('With the trades'),
    breaches: z.array(z.string()).describe('In breach with the trades'),
    newBreaches: z.array(z.string()).describe('In breach with the trades and not without them'),
    unknown: z.array(z.string()),
    stalePositions: z.array(z.strictObject({ position: z.string(), lastSettlement: z.string() })),
    assumptions: LimitsAssumptions,
  })
  .describe('Limits of a book before and after trades that are not done yet')
export type LimitsWhatIfData = z.infer<typeof LimitsWhatIfData>
