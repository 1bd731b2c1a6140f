import { z } from 'zod'

export const Structure = z
  .enum(['contango', 'backwardation', 'mixed'])
  .describe(
    'contango where every adjacent difference (farther − nearer) of ranks 1–12 is > 0, backwardation where every one is < 0, else mixed',
  )
export type Structure = z.infer<typeof Structure>

export const CurvePoint = z.strictObject({
  rank: z.int().describe('1 is the nearest contract; a contract keeps its rank through its last trading day'),
  contract: z.string().describe('Contract code: CLF24'),
  deliveryMonth: z.string().describe('YYYY-MM'),
  expiry: z.string().describe('Last trading day, YYYY-MM-DD'),
  daysToExpiry: z.int().describe('Calendar days from the curve’s date to `expiry`; 0 on the last trading day'),
  settlement: z.number().describe('In the curve’s `unit`; may be zero or negative'),
  change: z
    .number()
    .nullable()
    .describe('Settlement minus the same contract’s on `previousDate`; null where it had none'),
  changeAgainst: z
    .number()
    .nullable()
    .describe('Settlement minus the same contract’s on `against.date`; null without --against or without a settlement'),
})
export type CurvePoint = z.infer<typeof CurvePoint>

export const CalendarSpread = z.strictObject({
  near: z.string().describe('Nearer contract'),
  far: z.string().describe('Next contract'),
  value: z.number().describe('Near − far, in `unit`: negative in contango'),
  change: z.number().nullable().describe('`value` minus the same two contracts’ spread on `previousDate`'),
  days: z.int().describe('Calendar days between the two last trading days'),
  rollYield: z
    .number()
    .nullable()
    .describe('ln(near ÷ far) × 365 ÷ days, per year as a fraction; null where either settles at or below zero'),
  fullCarryPercent: z
    .number()
    .nullable()
    .describe('(far − near) in per cent of the cost of carrying from one last trading day to the next'),
})
export type CalendarSpread = z.infer<typeof CalendarSpread>

export const CurveAgainst = z.strictObject({
  requested: z.string().describe('What --against said, YYYY-MM-DD'),
  date: z.string().describe('Settlement day used: the last one on or before `requested`'),
  structure: Structure.nullable(),
  m1m2: z.number().nullable().describe('Rank 1 − rank 2 on that day'),
  m1m6: z.number().nullable().describe('Rank 1 − rank 6 on that day'),
  m1m12: z.number().nullable().describe('Rank 1 − rank 12 on that day'),
  points: z.array(
    z.strictObject({
      rank: z.int().describe('Rank on that day'),
      contract: z.string().describe('Contract code'),
      deliveryMonth: z.string().describe('YYYY-MM'),
      settlement: z.number().describe('In `unit`'),
    }),
  ),
})
export type CurveAgainst = z.infer<typeof CurveAgainst>

export const CurveHistory = z.strictObject({
  rank: z.int().describe('Rank of every point'),
  basis: z.string().describe('How the series was made'),
  from: z.string().nullable().describe('First day, YYYY-MM-DD'),
  to: z.string().nullable().describe('Last day, YYYY-MM-DD'),
  points: z.array(
    z.strictObject({
      date: z.string().describe('Settlement day'),
      contract: z.string().describe('Contract that held the rank on that day'),
      settlement: z.number().describe('In `unit`, as quoted: jumps where the rank moves to the next contract'),
    }),
  ),
})
export type CurveHistory = z.infer<typeof CurveHistory>

export const CurveBand = z.strictObject({
  label: z.string().describe('What history it is'),
  points: z.array(
    z.strictObject({
      rank: z.int(),
      min: z.number(),
      p10: z.number().describe('10th percentile, type 7'),
      median: z.number(),
      p90: z.number(),
      max: z.number(),
    }),
  ),
})

export const CurveData = z
  .strictObject({
    product: z.string().describe('Product key: CL, BRN …'),
    name: z.string().describe('As a desk says it'),
    unit: z.string().describe('Unit of every price, difference and slope'),
    date: z.string().describe('Settlement day of the curve: the last one on or before the document’s asOf'),
    previousDate: z.string().nullable().describe('Settlement day before `date`'),
    points: z.array(CurvePoint).describe('Ascending by rank'),
    structure: Structure.nullable(),
    structureRanks: z.int().describe('Number of contracts among ranks 1–12 that decided `structure`'),
    slopePerMonth: z
      .number()
      .nullable()
      .describe(
        'Least-squares slope of settlement on delivery month over ranks 1–12, `unit` per month; positive in contango',
      ),
    m1m2: z.number().nullable().describe('Rank 1 − rank 2, in `unit`: positive in backwardation'),
    m1m6: z.number().nullable().describe('Rank 1 − rank 6, in `unit`'),
    m1m12: z.number().nullable().describe('Rank 1 − rank 12, in `unit`'),
    calendarSpreads: z.array(CalendarSpread).describe('Neighbouring contracts among `points`, nearest first'),
    rollYield: z
      .strictObject({
        value: z
          .number()
          .nullable()
          .describe(
            'ln(M1 ÷ M2) × 365 ÷ days between their last trading days; fraction per year, > 0 in backwardation',
          ),
        reason: z.string().nullable().describe('Why `value` is null'),
        near: z.string().nullable().describe('M1'),
        far: z.string().nullable().describe('M2'),
        days: z.int().nullable().describe('Calendar days between the two last trading days'),
      })
      .describe('Annualised roll yield from rank 1 to rank 2'),
    fullCarryPercent: z
      .number()
      .nullable()
      .describe(
        '(M2 − M1) in per cent of financing plus storage between their last trading days: 100 pays for holding oil, negative in backwardation',
      ),
    fullCarryUsdPerBbl: z
      .number()
      .nullable()
      .describe('M1 × rate × days ÷ 365 + storage × days ÷ 30.4, USD/bbl: the denominator of fullCarryPercent'),
    assumptions: z
      .strictObject({
        financingRate: z.number().describe('Fraction per year, simple interest on actual days over 365'),
        financingDayCount: z.string().describe('simple/365'),
        storageUsdPerBbl: z.number().describe('USD/bbl for each `storagePeriodDays`'),
        storagePeriodDays: z.number().describe('Days that `storageUsdPerBbl` pays for'),
        rollYieldDays: z.int().describe('Days in the year of the roll yield'),
        structureRanks: z.int().describe('Ranks that decide structure and slope'),
        roll: z.string().describe('When a rank moves to the next contract'),
      })
      .describe('Conventions behind the numbers; `config/analytics.yaml`'),
    against: CurveAgainst.nullable().describe('The curve on an earlier day; null without --against'),
    history: CurveHistory.nullable().describe('One rank through time; null without --history'),
    band: CurveBand.nullable().describe('Where each rank settled over the last year; null without --band'),
    reasons: z.record(z.string(), z.string()).describe('Why a field is null: name of the field → reason'),
  })
  .describe('Futures curve of one product on one settlement day')
export type CurveData = z.infer<typeof CurveData>
