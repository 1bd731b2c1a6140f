import { z } from 'zod'

export const PositionRow = z.strictObject({
  position: z.string().describe('Name of the position, unique in the book'),
  product: z.string().describe('CL, BRN …'),
  contract: z.string().describe('Contract code: CLG24'),
  rank: z.int().describe('On the date; 1 is the front month'),
  tenor: z.string().describe('Bucket of the curve by rank: M1, M2-M3, M4-M6, M7-M12, M13-M24, M25+'),
  strategy: z.string(),
  spread: z.string().nullable().describe('The spread of which this is a leg'),
  lots: z.int().describe('Bought is positive'),
  multiplier: z.number().describe('USD per 1.00 of price and lot'),
  unit: z.string().describe('Of settlement and entryPrice'),
  settlement: z.number().describe('May be zero or negative'),
  settlementDate: z.string().describe('YYYY-MM-DD; earlier than the date of the book where the position is stale'),
  notionalUsd: z.number().describe('lots × multiplier × settlement, USD, signed'),
  deltaBbl: z.number().nullable().describe('Barrels, signed; null for natural gas'),
  entryPrice: z.number().nullable(),
  pnlSinceEntryUsd: z.number().nullable().describe('lots × multiplier × (settlement − entryPrice), USD'),
  lastTradingDay: z.string().describe('YYYY-MM-DD'),
  businessDaysToLastTradingDay: z.int().describe('0 on the last trading day'),
  inDeliveryWindow: z.boolean().describe('Five business days or fewer to the last trading day'),
  spotMonthLimitLots: z
    .int()
    .nullable()
    .describe('Spot-month limit in force, for positions in the delivery window; null where none is configured'),
  spotMonthLimitFrom: z.string().nullable().describe('First day of that limit'),
  overSpotMonthLimit: z.boolean().nullable().describe('The contract’s net lots exceed the limit; null without one'),
  initialMarginUsd: z.number().nullable().describe('|lots| × initial margin of one lot; null where none is configured'),
  marginFrom: z.string().nullable().describe('First day of the margin that was used'),
  marginProduct: z.string().nullable().describe('Whose margin it is: another product where a proxy stands in'),
})
export type PositionRow = z.infer<typeof PositionRow>

export const ExposureRow = z.strictObject({
  name: z.string(),
  positions: z.int(),
  lots: z.number(),
  grossUsd: z.number().describe('Σ|notional|'),
  netUsd: z.number().describe('Σ notional, signed'),
  deltaBbl: z.number().nullable().describe('Σ delta, barrels'),
})
export type ExposureRow = z.infer<typeof ExposureRow>

export const PositionsData = z
  .strictObject({
    book: z.string(),
    title: z.string(),
    date: z.string().describe('YYYY-MM-DD'),
    capitalUsd: z.number().nullable().describe('null where the book does not say'),
    positions: z.array(PositionRow).describe('In the order of the book'),
    byProduct: z.array(ExposureRow),
    byTenor: z.array(ExposureRow).describe('Nearest first'),
    byStrategy: z.array(ExposureRow),
    total: z.strictObject({
      grossUsd: z.number().describe('Σ|notional|'),
      netUsd: z.number().describe('Σ notional, signed'),
      deltaBbl: z.number().nullable(),
      pnlSinceEntryUsd: z.number().nullable().describe('Of the positions with an entry price; null where none has one'),
      leverage: z.number().nullable().describe('grossUsd ÷ capitalUsd; null without capital'),
      initialMarginUsd: z
        .number()
        .nullable()
        .describe('Sum without offsets between spreads; null where a position has no margin'),
      marginToCapital: z.number().nullable().describe('initialMarginUsd ÷ capitalUsd'),
    }),
    stalePositions: z
      .array(z.strictObject({ position: z.string(), lastSettlement: z.string() }))
      .describe('Contracts that did not settle on `date`; their last settlement stands in'),
    deliveryWindowDays: z.int().describe('Business days before the last trading day from which a position is flagged'),
    margins: z.strictObject({
      source: z.string(),
      through: z.string().describe('The margins are not known after this day'),
      spotMonthSource: z.string(),
    }),
    reasons: z.record(z.string(), z.string()).describe('Why a field is null: name of the field → reason'),
  })
  .describe('What a book holds on one day')
export type PositionsData = z.infer<typeof PositionsData>
