import { z } from 'zod'

export const SpreadLegRow = z.strictObject({
  product: z.string().describe('Product key'),
  contract: z.string().describe('Contract code: CLH24'),
  deliveryMonth: z.string().describe('YYYY-MM'),
  expiry: z.string().describe('Last trading day, YYYY-MM-DD'),
  lots: z.number().describe('Hedge ratio in lots: positive is bought, negative is sold'),
  price: z.number().describe('Settlement in the contract’s own `unit`'),
  unit: z.string().describe('Unit of `price`'),
  weight: z.number().describe('Signed weight of the leg in `value`, after conversion and division'),
  priceConverted: z.number().describe('`price` in the spread’s unit: × 42 from gallons, ÷ 7.45 from tonnes of gasoil'),
})
export type SpreadLegRow = z.infer<typeof SpreadLegRow>

export const SpreadSeasonal = z.strictObject({
  percentile: z
    .number()
    .nullable()
    .describe('Mid-rank percentile of `value` among the reference values, 0–100: 100 is above all of them'),
  rank: z.int().nullable().describe('1 + number of reference values above `value`: 1 is the highest for the season'),
  of: z.int().describe('Reference values + 1'),
  years: z.int().describe('Previous years that have at least one reference value'),
  days: z.int().describe('Calendar days on either side of the same date in each previous year'),
  reason: z.string().nullable().describe('Why `percentile` and `rank` are null'),
})
export type SpreadSeasonal = z.infer<typeof SpreadSeasonal>

const bandColumn = (what: string): z.ZodArray<z.ZodNullable<z.ZodNumber>> =>
  z.array(z.number().nullable()).describe(`${what}; null where no earlier year has the date`)

export const SpreadBand = z.strictObject({
  label: z.string().describe('What history it is'),
  dates: z.array(z.string()).describe('Days of the window'),
  values: z.array(z.number()).describe('Value of the spread on each'),
  min: bandColumn('Least value on the same dates of earlier years'),
  p10: bandColumn('10th percentile, type 7'),
  median: bandColumn('Median'),
  p90: bandColumn('90th percentile'),
  max: bandColumn('Greatest'),
})
export type SpreadBand = z.infer<typeof SpreadBand>

export const SpreadRow = z.strictObject({
  name: z.string().describe('Name in config/spreads.yaml: wti-brent, crack-3-2-1 …'),
  title: z.string().describe('As a desk says it'),
  unit: z.string().describe('Unit of value, change, mean and standard deviation'),
  align: z
    .enum(['delivery', 'rank'])
    .describe(
      'delivery: the nearest delivery month in which no leg has expired (its last trading day still counts); rank: each leg’s own rank',
    ),
  date: z.string().describe('Last day on or before asOf on which every leg settled'),
  previousDate: z.string().nullable().describe('Day before `date` on which every leg settled'),
  simulated: z.boolean().describe('True where the legs’ prices were made by the simulator'),
  value: z.number().describe('Sum of weight × converted price over the legs'),
  change: z
    .number()
    .nullable()
    .describe('`value` minus the value of the same contracts on `previousDate`: no roll gap in it'),
  mean: z.number().nullable().describe('Mean of the window'),
  sd: z.number().nullable().describe('Standard deviation of the window, ddof 1'),
  zScore: z.number().nullable().describe('(value − mean) ÷ sd over the window, which ends on `date` and includes it'),
  percentile: z.number().nullable().describe('Mid-rank percentile of `value` in the window, 0–100'),
  low: z.number().nullable().describe('Lowest value of the window'),
  high: z.number().nullable().describe('Highest value of the window'),
  window: z.strictObject({
    days: z.int().describe('Common days asked for'),
    observations: z.int().describe('Common days found'),
    from: z.string().nullable().describe('First day of the window'),
    to: z.string().nullable().describe('Last day of the window'),
  }),
  seasonal: SpreadSeasonal.describe('Against the same time of the previous 5 years'),
  legs: z.array(SpreadLegRow),
  clockMismatch: z
    .boolean()
    .describe('True on days when New York and London clocks are out of step and the legs settle an hour apart'),
  clockMismatchDays: z.int().describe('Such days in the window'),
  dropped: z
    .array(
      z.strictObject({
        date: z.string().describe('Day on which some leg settled and another did not'),
        reason: z.string().describe('Which contract had no settlement'),
      }),
    )
    .describe('Days left out of the window (of the whole history under --history): common days only, nothing filled'),
  history: z
    .array(z.strictObject({ date: z.string(), value: z.number() }))
    .nullable()
    .describe('Value on every common day, each with that day’s contracts; null without --history'),
  band: SpreadBand.nullable().describe(
    'The window and what the same dates of earlier years looked like; null without --band',
  ),
  reasons: z.record(z.string(), z.string()).describe('Why a field is null: name of the field → reason'),
})
export type SpreadRow = z.infer<typeof SpreadRow>

export const SpreadsData = z
  .strictObject({
    date: z.string().describe('Latest `date` among the spreads'),
    align: z.enum(['delivery', 'rank']),
    spreads: z.array(SpreadRow),
    skipped: z
      .array(
        z.strictObject({
          name: z.string().describe('Spread that could not be valued'),
          reason: z.string().describe('The leg without data'),
        }),
      )
      .describe('Spreads of config/spreads.yaml that the lake cannot value'),
    assumptions: z
      .strictObject({
        windowDays: z.int().describe('Common days in z-score and percentile, ending on the spread’s date, inclusive'),
        ddof: z.int().describe('Of the standard deviation'),
        percentile: z.string().describe('Kind of percentile'),
        seasonalYears: z.int().describe('Previous years in the seasonal rank'),
        seasonalDays: z.int().describe('Calendar days on either side'),
        gallonsPerBarrel: z.number().describe('42'),
        roll: z.string().describe('When a contract leaves the spread'),
      })
      .describe('Conventions behind the numbers'),
  })
  .describe('Location, crack, distillate and calendar spreads with their place in recent history')
export type SpreadsData = z.infer<typeof SpreadsData>
