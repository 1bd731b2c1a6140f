import { z } from 'zod'

export const CurveFactor = z.strictObject({
  factor: z.string().describe('level, slope, curvature, then PC4 …: by order of variance'),
  explained: z.number().describe('Share of the variance of all ranks, 0 to 1'),
  signChanges: z
    .int()
    .describe('Of the loadings along the curve: 0, 1 and 2 where level, slope and curvature deserve their names'),
  loadings: z.array(z.number()).describe('Unit vector over ranks 1, 2 …; its entry of largest size is positive'),
  moveOfOneSd: z
    .array(z.number())
    .describe('What each rank moves with one standard deviation: in the quote under diff, as log return under log'),
  usdPerSd: z.number().describe('P&L of the book when the factor rises by one standard deviation, USD, signed'),
  lastMoveSd: z.number().nullable().describe('Its move on `to`, in standard deviations; null where it never moves'),
})
export type CurveFactor = z.infer<typeof CurveFactor>

export const CurvePca = z.strictObject({
  product: z.string(),
  name: z.string(),
  unit: z.string().describe('Of the quote'),
  ranks: z.int().describe('Ranks 1 to this one'),
  observations: z.int().describe('Days on which all of them settled, and the same contracts on the day before'),
  from: z.string().describe('First day, YYYY-MM-DD'),
  to: z.string().describe('Last day'),
  daysDropped: z.int().describe('Days in between on which one of the contracts did not settle'),
  factors: z.array(CurveFactor).describe('Level, slope, curvature'),
  sdUsd: z.number().describe('Standard deviation of a day of the positions in this product, all components, USD'),
  residualSdUsd: z.number().describe('The part of `sdUsd` that `factors` do not explain: √(sdUsd² − Σ usdPerSd²)'),
})
export type CurvePca = z.infer<typeof CurvePca>

const delta = {
  lots: z.number().describe('Net'),
  usdPerPoint: z.number().describe('USD for a rise of 1.00 in the quote'),
  usdPerUsdBbl: z.number().nullable().describe('USD for a rise of 1 USD per barrel; null for natural gas'),
  usdPerPercent: z
    .number()
    .nullable()
    .describe('USD for a rise of 1 % of the settlements; null where one is at or below zero'),
}

export const KeyTenor = z.strictObject({
  product: z.string(),
  contract: z.string(),
  deliveryMonth: z.string().describe('YYYY-MM'),
  rank: z.int(),
  tenor: z.string().describe('Stretch of the curve'),
  unit: z.string().describe('Of the quote'),
  ...delta,
})
export type KeyTenor = z.infer<typeof KeyTenor>

export const TenorBucketDelta = z.strictObject({ product: z.string(), tenor: z.string(), ...delta })
export type TenorBucketDelta = z.infer<typeof TenorBucketDelta>

export const SpreadVar = z.strictObject({
  spread: z.string(),
  strategy: z.string(),
  valueUsd: z.number().describe('Σ lots × multiplier × settlement, signed; may be zero or negative'),
  observations: z.int().describe('Days that all legs have in common'),
  from: z.string(),
  to: z.string(),
  legs: z.array(
    z.strictObject({
      position: z.string(),
      lots: z.int(),
      sdUsd: z.number().describe('Standard deviation of a day'),
      varUsd: z.number().describe('Of the leg alone'),
    }),
  ),
  sdUsd: z.number().describe('Of the legs together'),
  varUsd: z.number().describe('Normal, from what the legs gained together day by day'),
  esUsd: z.number(),
  historicalVarUsd: z.number().describe('The same days without a distribution, quantile type 7'),
  historicalEsUsd: z.number().nullable(),
  undiversifiedUsd: z.number().describe('Σ varUsd of the legs'),
  brokenVarUsd: z.number().describe('VaR with every correlation between different contracts at zero'),
  brokenToVar: z.number().nullable().describe('brokenVarUsd ÷ varUsd; null where varUsd is not above zero'),
  correlations: z
    .array(
      z.strictObject({
        a: z.string(),
        b: z.string(),
        pearson: z.number().nullable(),
        low95: z.number().nullable().describe('Fisher interval of `pearson`'),
        high95: z.number().nullable(),
        spearman: z.number().nullable().describe('Of ranks: no day counts for more than a day'),
        kendall: z.number().nullable().describe('τ_b'),
        ewma: z.number().nullable().describe('λ 0.94'),
        lowest60: z.number().nullable().describe('Least over any 60 consecutive days; null where there are fewer'),
      }),
    )
    .describe('Of the price changes of the legs’ contracts'),
})
export type SpreadVar = z.infer<typeof SpreadVar>

export const LiquidContract = z.strictObject({
  contract: z.string(),
  lots: z.int().describe('Net over the book: only those have to be sold'),
  spreadMean: z.number().describe('Bid-ask spread, in the quote'),
  spreadSd: z.number(),
  dailyLots: z.number().describe('Lots a day in the market'),
  source: z.string().describe('Where these three come from'),
  costUsd: z.number().describe('½ × |lots| × multiplier × (spreadMean + k × spreadSd)'),
  liquidationDays: z.int().describe('|lots| ÷ (participation × dailyLots), rounded up, 1 at the least'),
  liquidationFactor: z.number().describe('√((1 + T)(1 + 2T) ÷ (6T)), T being liquidationDays'),
})
export type LiquidContract = z.infer<typeof LiquidContract>

export const BookLiquidity = z.strictObject({
  observations: z.int(),
  participation: z.number().describe('Share of a day’s volume that the desk takes'),
  spreadDeviations: z.number().describe('k of a stressed bid-ask spread, mean + k·sd'),
  varUsd: z.number().describe('Normal VaR of one day, without liquidity'),
  costUsd: z.number().describe('Of getting out when spreads are wide'),
  liquidityVarUsd: z.number().describe('varUsd + costUsd'),
  horizonVarUsd: z.number().describe('VaR of selling out evenly, each contract over its own days'),
  horizonBasis: z
    .string()
    .describe('What the factor of the horizon rests on: remembered, not looked up; exact for whole days'),
  source: z.string().describe('Of config/liquidity.yaml'),
  contracts: z.array(LiquidContract),
})
export type BookLiquidity = z.infer<typeof BookLiquidity>

export const VarCurveData = z
  .strictObject({
    book: z.string(),
    title: z.string(),
    date: z.string().describe('YYYY-MM-DD'),
    confidence: z.number().describe('Of every VaR here; one day, losses positive'),
    window: z.int().describe('Most price changes that were used'),
    zeroMean: z.boolean(),
    pca: z
      .strictObject({
        mode: z.string().describe('diff: changes in the quote; log: log returns'),
        basis: z.string().describe('covariance or correlation'),
        products: z.array(CurvePca),
      })
      .describe('Principal components of each product’s contract-true daily changes: no roll is in any of them'),
    keyTenors: z.array(KeyTenor).describe('Deltas by contract, nearest first'),
    tenorBuckets: z.array(TenorBucketDelta).describe('The same by stretch of the curve'),
    spreads: z.array(SpreadVar).describe('The spreads of the book'),
    liquidity: BookLiquidity.nullable(),
    stalePositions: z.array(z.strictObject({ position: z.string(), lastSettlement: z.string() })),
    reasons: z.record(z.string(), z.string()).describe('Why something is missing: what → reason'),
  })
  .describe('Risk of a book along its curves')
export type VarCurveData = z.infer<typeof VarCurveData>
