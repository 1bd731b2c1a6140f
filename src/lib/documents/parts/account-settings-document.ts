import { z } from 'zod'

const Usd = (words: string): z.ZodNumber => z.number().describe(`${words}, USD`)

/** What a fill costs. */
export const costModelDocument = {
  commissionUsdPerLot: Usd('Per lot and side'),
  exchangeFeeUsdPerLot: Usd('Per lot and side'),
  commissionFraction: z.number().describe('Of |notional|'),
  tiers: z
    .array(z.strictObject({ throughLots: z.number().nullable(), usdPerLot: z.number() }))
    .describe('Commission by the lots of the period, each rate for its slice; null is without end'),
  tierReset: z.string().describe('day or month'),
  slippagePrice: z.number().describe('Price units a unit, adverse'),
  slippageFraction: z.number().describe('Fraction of |price| a unit, adverse'),
  slippageVolatility: z.number().describe('Standard deviations of a bar’s change a unit, adverse'),
  bidAsk: z.number().describe('Price units between bid and ask; a fill pays half'),
  impact: z.number().describe('Y of Y × deviation × √(lots ÷ volume)'),
}

/** How an account traded: its size, costs and orders. */
export const AccountSettingsDocument = z.strictObject({
  lots: z.number().describe('Of a full position under fixed sizing'),
  multiplier: z
    .number()
    .nullable()
    .describe('USD per lot and unit of price; null for several instruments: each has its own in `instruments`'),
  initialCapitalUsd: Usd('Capital at the start'),
  barsPerYear: z
    .number()
    .describe('By which figures are annualised: 252 of a day each, 252 × bars a session within the day'),
  riskFreePerYear: z
    .number()
    .describe('Fraction; ÷ barsPerYear it is taken off each return in Sharpe, Sortino, Treynor'),
  ...costModelDocument,
  slippageTicks: z.number().describe('Ticks a unit, adverse'),
  bidAskTicks: z.number().describe('The spread between bid and ask in ticks'),
  dailyVolume: z.number().nullable().describe('Lots a bar, where it was said; null takes the data’s'),
  fill: z.string().describe('next-open, next-close or same-close'),
  entry: z.string().describe('Order that opens a position'),
  entryOffset: z.number().describe('Price units from the close of the decision'),
  entryLimitOffset: z.number().describe('Price units beyond a stop-limit’s stop'),
  timeInForce: z.string().describe('day, gtc or gtd:N'),
  renew: z.boolean().describe('An entry that has expired is placed anew'),
  maxVolumeShare: z.number().nullable().describe('Largest part of a bar’s volume that is filled in it'),
  stopLoss: z.number().nullable().describe('Price units from the entry'),
  takeProfit: z.number().nullable().describe('Price units from the entry'),
  trailingStop: z.number().nullable().describe('Price units behind the best close'),
  intrabar: z.string().describe('Which path inside a bar is taken where two of them fill differently'),
})
export type AccountSettingsDocument = z.infer<typeof AccountSettingsDocument>
