import { z } from 'zod'
import { PRODUCTS } from '../../market/instrument.js'
import { defineSection } from '../define-section.js'

export const section = defineSection('liquidity', 'liquidity.yaml', () => {
  const Tier = z.strictObject({
    throughRank: z.int().min(1).max(240).describe('Last rank of this tier'),
    spreadMean: z.number().positive().describe('Bid-ask spread in the product’s quote'),
    spreadSd: z.number().nonnegative().describe('Its standard deviation from day to day'),
    dailyLots: z.number().positive().describe('Lots a day in one contract'),
  })

  const ProductLiquidity = z.strictObject({
    source: z.string().min(1).describe('Where the figures come from; "assumption" where nowhere'),
    tiers: z
      .array(Tier)
      .min(1)
      .refine(
        (tiers) => tiers.every((tier, i) => i === 0 || tiers[i - 1].throughRank < tier.throughRank),
        'tiers must ascend by throughRank',
      ),
  })

  return z
    .strictObject({
      participation: z.number().positive().max(1).describe('Share of a day’s volume that the desk takes'),
      spreadDeviations: z.number().min(0).max(10).describe('k of a stressed spread: mean + k·sd'),
      source: z.string().min(1).describe('Where the figures come from'),
      products: z.partialRecord(z.enum(PRODUCTS), ProductLiquidity),
    })
    .describe('Bid-ask spreads and volumes behind the liquidity-adjusted VaR')
})

export type LiquidityConfig = z.output<(typeof section)['schema']>
