import { z } from 'zod'

const reasons = z
  .record(z.string(), z.string())
  .describe('Why a field is null: name of the field → reason. Empty where every field has a number.')

export const PriceRow = z
  .strictObject({
    product: z.string().describe('Product key: CL, BRN, RB, HO, NG …'),
    name: z.string().describe('As a desk says it: WTI, Brent (ICE) …'),
    unit: z.string().describe('Unit of every price and change of the row: USD/bbl, USD/gal, USD/t or USD/MMBtu'),
    contract: z.string().describe('Front contract: rank 1 on `date`, held through its last trading day'),
    deliveryMonth: z.string().describe('Delivery month of `contract`, YYYY-MM'),
    expiry: z.string().describe('Last trading day of `contract`, YYYY-MM-DD'),
    daysToExpiry: z.int().describe('Calendar days from `date` to `expiry`; 0 on the last trading day'),
    date: z.string().describe('Day of the settlement, YYYY-MM-DD: the last one on or before the document’s asOf'),
    previousDate: z.string().nullable().describe('Settlement day before `date`'),
    simulated: z.boolean().describe('True where the prices were made by the simulator'),
    last: z.number().describe('Settlement of `contract` on `date`, in `unit`; may be zero or negative'),
    change: z
      .number()
      .nullable()
      .describe('Settlement minus the same contract’s settlement on `previousDate`, in `unit`'),
    changePercent: z
      .number()
      .nullable()
      .describe('`change` in per cent of the settlement on `previousDate`; null where that is zero or negative'),
    change5d: z
      .number()
      .nullable()
      .describe('Sum of the last 5 daily changes of the contract that was rank 1 on each day, in `unit`'),
    change5dPercent: z
      .number()
      .nullable()
      .describe('The last 5 daily returns compounded, per cent; null where any of their bases is zero or negative'),
    change1m: z.number().nullable().describe('As change5d over 21 settlements, in `unit`'),
    change1mPercent: z.number().nullable().describe('As change5dPercent over 21 settlements, per cent'),
    change1y: z.number().nullable().describe('As change5d over 252 settlements, in `unit`'),
    change1yPercent: z.number().nullable().describe('As change5dPercent over 252 settlements, per cent'),
    realisedVolPercent: z
      .number()
      .nullable()
      .describe(
        'Standard deviation (ddof 1) of the last 21 contract-true log returns × √252, per cent a year; null where any price in the window is zero or negative',
      ),
    realisedVolPrice: z
      .number()
      .nullable()
      .describe('Standard deviation (ddof 1) of the last 21 contract-true price changes × √252, `unit` a year'),
    rangeLow: z.number().nullable().describe('Lowest rank-1 settlement of the last 252, as quoted, in `unit`'),
    rangeLowDate: z.string().nullable().describe('Day of `rangeLow` (the latest, where there are several)'),
    rangeHigh: z.number().nullable().describe('Highest rank-1 settlement of the last 252, as quoted, in `unit`'),
    rangeHighDate: z.string().nullable().describe('Day of `rangeHigh` (the latest, where there are several)'),
    rangePositionPercent: z
      .number()
      .nullable()
      .describe('(last − rangeLow) ÷ (rangeHigh − rangeLow), per cent: 0 at the low, 100 at the high'),
    reasons,
  })
  .describe('One product’s front contract')
export type PriceRow = z.infer<typeof PriceRow>

export const PricesData = z
  .strictObject({
    date: z.string().describe('Latest settlement day among `prices`, YYYY-MM-DD'),
    prices: z.array(PriceRow),
    missing: z
      .array(
        z.strictObject({
          product: z.string().describe('Product key'),
          name: z.string().describe('As a desk says it'),
          reason: z.string().describe('Why there is no row: not in the lake, or its last settlement is too old'),
        }),
      )
      .describe('Products without a row'),
    assumptions: z
      .strictObject({
        roll: z.string().describe('When rank 1 moves to the next contract'),
        fiveDaySettlements: z.int().describe('Settlements in change5d'),
        oneMonthSettlements: z.int().describe('Settlements in change1m'),
        oneYearSettlements: z.int().describe('Settlements in change1y'),
        volatilityWindow: z.int().describe('Returns in the realised volatility'),
        volatilityMode: z.string().describe('Kind of return and degrees of freedom'),
        daysPerYear: z.int().describe('Annualisation of the volatility'),
        rangeWindow: z.int().describe('Settlements in the range'),
        rangeBasis: z.string().describe('Which series the range is of'),
      })
      .describe('Conventions behind the numbers'),
  })
  .describe('Front-month prices, contract-true changes, realised volatility and range position of each product')
export type PricesData = z.infer<typeof PricesData>
