import { z } from 'zod'

const number = z.number().nullable()

const Range = z
  .strictObject({
    years: z.int().describe('Previous years that have the week'),
    calendarYears: z.array(z.int()).describe('Which those are (ISO years), nearest first'),
    min: z.number().describe('Lowest level of the same ISO week'),
    mean: z.number().describe('Mean level of the same ISO week'),
    max: z.number().describe('Highest level of the same ISO week'),
    percentile: z.number().describe('Mid-rank percentile of the level among them, 0 to 100'),
    z: number.describe('Level less mean, in their standard deviations (ddof 1)'),
    deviation: z.number().describe('Level less mean'),
    deviationFraction: z.number().describe('Level less mean, over mean'),
  })
  .nullable()

const InventorySeries = z
  .strictObject({
    name: z.string().describe('crude, cushing, gasoline …, of config/fundamentals.yaml'),
    title: z.string().describe('The same in words'),
    series: z.string().describe("EIA's id: WCESTUS1 …"),
    unit: z.string().describe('Unit of level, change, expected and surprise: kbbl'),
    source: z.string().describe('Source in the lake'),
    simulated: z.boolean().describe('From the built-in simulator'),
    period: z.string().describe('Week ending, a Friday, YYYY-MM-DD'),
    knownOn: z.string().describe('First day whose 14:30 New York decision may use it'),
    level: z.number().describe('Stocks at the end of the week'),
    change: number.describe('Level less that of the week before; positive is a build'),
    expected: number.describe('Expected change'),
    expectedFrom: z
      .enum(['consensus', 'model'])
      .nullable()
      .describe('consensus: of the file given; model: mean change of the same week in previous years; null: none'),
    surprise: number.describe('Change less expected; positive is a larger build than expected: bearish'),
    surpriseZ: number.describe('Surprise in standard deviations (ddof 1) of those before, its own not among them'),
    fiveYear: Range.describe('The same week of the previous years, without this one'),
    fiveYearExcluding: Range.describe('The same over as many years without those of assumptions.excludedYears'),
    daysOfSupply: number.describe('Level over mean demand of the last weeks, in days'),
    utilisation: number.describe('Level over working capacity, a fraction; only where a capacity is configured'),
    aboveFloor: number.describe('Level less operational floor, in the unit; only where a floor is configured'),
    reasons: z.record(z.string(), z.string()).describe('Why a number is null'),
  })
  .describe('Stocks of one kind in their last week')

const InventoryTotal = z
  .strictObject({
    names: z.array(z.string()).describe('What was added up: crude, gasoline, distillate'),
    series: z.array(z.string()).describe("EIA's ids of them"),
    unit: z.string().describe('Unit of the numbers: kbbl'),
    period: z.string().describe('Last week that all of them have, YYYY-MM-DD'),
    knownOn: z.string().describe('First day whose 14:30 New York decision may use it'),
    level: z.number().describe('Sum of the levels'),
    change: number.describe('Sum of the changes; positive is a build'),
    expected: number.describe('Sum of the expected changes'),
    expectedFrom: z
      .enum(['consensus', 'model', 'mixed'])
      .nullable()
      .describe('Where the expectations come from; mixed: some from the file, some from the model'),
    surprise: number.describe('Change less expected; positive is bearish'),
    surpriseZ: number.describe('In standard deviations (ddof 1) of the sums before, its own not among them'),
    reasons: z.record(z.string(), z.string()).describe('Why a number is null'),
  })
  .describe('Several kinds of stocks together')

export const FundamentalsInventoryData = z
  .strictObject({
    series: z.array(InventorySeries).describe('In the order of config/fundamentals.yaml'),
    total: InventoryTotal.nullable().describe('Null where one of its kinds was not asked for or is not there'),
    skipped: z
      .array(z.strictObject({ name: z.string().describe('Series'), reason: z.string().describe('Why') }))
      .describe('Without data'),
    assumptions: z.strictObject({
      surpriseWeeks: z.int().describe('Surprises behind surpriseZ'),
      years: z.int().describe('Previous years of range and model expectation'),
      excludedYears: z.array(z.int()).describe('Years that fiveYearExcluding passes over'),
      demandWeeks: z.int().describe('Weeks of the demand average'),
    }),
  })
  .describe('EIA stocks: level, change, surprise, season, days of supply')

export type FundamentalsInventoryData = z.infer<typeof FundamentalsInventoryData>
export type InventoryRow = FundamentalsInventoryData['series'][number]
