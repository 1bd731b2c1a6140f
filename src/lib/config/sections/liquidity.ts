import { z } from 'zod'
import { PRODUCTS } from '../../market/instrument.js'

const Depth = z.strictObject({
  throughRank: z.int().min(1).max(144).describe('Last rank of this depth'),
  averageDailyLots: z.number().positive().describe('Lots that trade in a day'),
  spreadMeanTicks: z.number().positive().describe('Bid to ask, ticks'),
  spreadSdTicks: z.number().min(0).describe('Its standard deviation, ticks'),
})

const LiquiditySection = z
  .strictObject({
    source: z.string().min(1).describe('Where the figures come from'),
    participation: z.number().positive().max(1).describe('Share of a day’s lots that a liquidation may be'),
    spreadMultiplier: z.number().min(0).max(10).describe('Standard deviations of the spread in bad times'),
    products: z.partialRecord(
      z.enum(PRODUCTS),
      z
        .array(Depth)
        .min(1)
        .refine(
          (rows) => rows.every((row, i) => i === 0 || rows[i - 1].throughRank < row.throughRank),
          'must ascend by rank',
        ),
    ),
  })
  .describe('How fast and at what cost positions can be sold')

export const section = { name: 'liquidity', file: 'liquidity.yaml', schema: LiquiditySection } as const
