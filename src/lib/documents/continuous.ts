import { z } from 'zod'

export const ContinuousRow = z.strictObject({
  date: z.string().describe('Settlement day, YYYY-MM-DD'),
  contract: z.string().describe('Contract held into that settlement'),
  settlement: z.number().describe('Its settlement as delivered, in `unit`; may be zero or negative'),
  adjusted: z.number().describe('The same under the adjustment, in `unit`; equal to `settlement` after the last roll'),
  change: z
    .number()
    .nullable()
    .describe('Change since the row before, both prices of the contract held, in `unit`; null on the first row'),
})

export const RollRow = z.strictObject({
  date: z.string().describe('Day at whose settlement the position moves on, YYYY-MM-DD'),
  scheduled: z
    .string()
    .describe('Day that the rule gives; differs where the data lacks a price of either contract then'),
  from: z.string().describe('Contract that is left'),
  to: z.string().describe('Contract that is entered'),
  fromSettlement: z.number().describe('In `unit`'),
  toSettlement: z.number().describe('In `unit`'),
  gap: z.number().describe('toSettlement − fromSettlement, in `unit`: positive in contango; never part of a P&L'),
})

export const ContinuousData = z
  .strictObject({
    product: z.string().describe('Product key: CL, BRN, RB …'),
    unit: z.string().describe('Unit of every price'),
    description: z
      .strictObject({
        rank: z.number().int(),
        roll: z.string().describe('calendar:N, fixed-day:N, open-interest or volume'),
        adjust: z.enum(['none', 'difference', 'ratio']),
        words: z.string().describe('How the series was made, in a sentence'),
      })
      .describe('How the series was made: it is a construction, not a price'),
    contractSize: z.number().describe('USD per 1.00 of price, one lot'),
    pnlUsdPerLot: z
      .number()
      .describe('Sum of `change` × contractSize: one lot long over the whole range, without costs, USD'),
    naiveDifferenceUsdPerLot: z
      .number()
      .describe('Last minus first settlement × contractSize: what ignoring the rolls would say, USD'),
    rows: z.array(ContinuousRow).describe('Ascending by date'),
    rolls: z.array(RollRow).describe('Ascending by date'),
    missingDays: z.array(z.string()).describe('Days of the data without a settlement of the contract held, YYYY-MM-DD'),
  })
  .describe('One price series joined from contracts, saying how')
export type ContinuousData = z.infer<typeof ContinuousData>
