import { z } from 'zod'
import { PRODUCTS } from '../../market/instrument.js'
import { defineSection } from '../define-section.js'

export const section = defineSection('execution', 'execution.yaml', () => {
  const Usd = z.number().min(0).optional()
  const Fraction = z.number().min(0).max(1).optional()

  const Terms = z.strictObject({
    commissionUsd: Usd.describe('Per lot and side'),
    exchangeFeeUsd: Usd.describe('Per lot and side'),
    commissionFraction: Fraction.describe('Of |notional|'),
    slippage: Usd.describe('Price units a unit, adverse'),
    slippageTicks: Usd.describe('Ticks a unit, adverse'),
    slippageFraction: Fraction.describe('Of |price|'),
    slippageVolatility: z.number().min(0).max(10).optional().describe('Standard deviations of a bar’s change'),
    bidAsk: Usd.describe('Price units between bid and ask'),
    bidAskTicks: Usd.describe('The same in ticks'),
    impact: z.number().min(0).max(100).optional().describe('Y of the square-root law'),
    dailyVolume: z.number().positive().optional().describe('Lots a bar where the data has no volume'),
  })

  const Tier = z.strictObject({
    throughLots: z.int().positive().optional().describe('Lots of the period through which the rate holds'),
    usdPerLot: z.number().min(0),
  })

  return z
    .strictObject({
      source: z.string().min(1).describe('Where the figures come from; "assumption" where nowhere'),
      tierReset: z.enum(['day', 'month']).default('month').describe('When the lots of the tiers begin anew'),
      tiers: z
        .array(Tier)
        .default([])
        .refine(
          (tiers) =>
            tiers.every(({ throughLots }, i) => (throughLots === undefined) === (i === tiers.length - 1)) &&
            tiers.every(({ throughLots = Infinity }, i) => i === 0 || throughLots > (tiers[i - 1].throughLots ?? 0)),
          'tiers must ascend by throughLots, and the last has none',
        ),
      default: Terms.default({}),
      products: z.partialRecord(z.enum(PRODUCTS), Terms).default({}),
    })
    .describe('What fills cost')
})

export type ExecutionConfig = z.output<(typeof section)['schema']>
