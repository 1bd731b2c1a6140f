import { z } from 'zod'

export const CurveRisk = z
  .strictObject({
    confidence: z.number().describe('Of every VaR below; one day, normal'),
    pca: z
      .array(
        z.strictObject({
          product: z.string(),
          observations: z.int(),
          tenors: z.int().describe('Ranks 1 to this one'),
          factors: z.array(
            z.strictObject({
              factor: z.enum(['level', 'slope', 'curvature']),
              explainedPercent: z.number().describe('Of the variance of all tenors'),
              sdUsd: z.number().describe('What one standard deviation of the factor is worth to the book, USD, signed'),
              loadings: z.array(z.number()).describe('Unit vector over ranks; the entry of largest size is positive'),
            }),
          ),
        }),
      )
      .describe('Principal components of contract-true daily price changes, product by product'),
    keyTenors: z
      .array(
        z.strictObject({
          product: z.string(),
          unit: z.string(),
          deltas: z.array(
            z.strictObject({
              rank: z.int(),
              usdPerPoint: z.number().describe('USD of a rise of 1.00 in the quote'),
              usdPerPercent: z
                .number()
                .nullable()
                .describe('USD of a rise of one per cent of the settlements; null at prices not above zero'),
            }),
          ),
        }),
      )
      .describe('Deltas by key tenor; a contract between two keys counts in both, by its distance'),
    spreads: z
      .array(
        z.strictObject({
          spread: z.string(),
          legs: z.int(),
          legsUsd: z.number().describe('Sum of the legs’ own VaR'),
          spreadUsd: z.number().describe('VaR of the legs together, from their daily P&L'),
          breakdownUsd: z.number().describe('VaR of the legs together when their correlations are 0'),
        }),
      )
      .describe('Spreads of the book'),
    liquidity: z
      .strictObject({
        varUsd: z.number().describe('One-day VaR without liquidity'),
        horizonVarUsd: z.number().describe('With each position’s deviation scaled to the days its sale takes'),
        spreadCostUsd: z.number().describe('Half the bid-ask spread in bad times'),
        liquidityAdjustedVarUsd: z.number().describe('horizonVarUsd + spreadCostUsd'),
        positions: z.array(
          z.strictObject({
            position: z.string(),
            days: z.number().describe('Days to sell it'),
            factor: z.number().describe('√((1 + T)(1 + 2T) ÷ (6T))'),
            spreadCostUsd: z.number(),
          }),
        ),
        source: z.string(),
      })
      .nullable()
      .describe('null where config/liquidity.yaml lacks a product'),
    liquidityReason: z.string().nullable(),
  })
  .describe('Risk along the curve')
export type CurveRisk = z.infer<typeof CurveRisk>
