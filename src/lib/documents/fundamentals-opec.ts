import { z } from 'zod'

const number = z.number().nullable()

const Member = z
  .strictObject({
    country: z.string().describe("The outlook's code: SA, IZ …"),
    name: z.string().describe('The same in words'),
    production: z.number().describe('Crude production in the month, million b/d'),
    productionKnownOn: z.string().describe('First day whose 14:30 New York decision may use it'),
    baseline: number.describe('Level from which the cut is counted, million b/d; null without a quota'),
    quota: number.describe('Allowed production, million b/d; null without one'),
    overQuota: number.describe('Production less quota, million b/d; positive is over-production'),
    compliance: number.describe('Cut over pledged cut, percent; over 100 is more than pledged'),
    owed: number.describe(
      'Compensation owed: production above quota times days since the first quota month, million bbl',
    ),
    owedSince: z.string().nullable().describe('First month of that sum, YYYY-MM-DD'),
    capacity: number.describe('Sustainable capacity of the quota file, million b/d; null where it says none'),
    spare: number.describe(
      'Capacity less production, million b/d; negative where more is produced than the file thinks',
    ),
    spareFraction: number.describe('Spare over capacity'),
    reasons: z.record(z.string(), z.string()).describe('Why a number is null'),
  })
  .describe('One country in the month')

export const FundamentalsOpecData = z
  .strictObject({
    month: z.string().describe('Month of production and quotas, its first day, YYYY-MM-DD'),
    unit: z.string().describe('million b/d'),
    simulated: z.boolean().describe('From the built-in simulator'),
    members: z.array(Member).describe('In the order of config/fundamentals.yaml'),
    total: z
      .strictObject({
        members: z.int().describe('Members with a quota and production'),
        production: z.number().describe('Their production, million b/d'),
        baseline: z.number().describe('Their baselines, million b/d'),
        quota: z.number().describe('Their quotas, million b/d'),
        compliance: number.describe('Their cuts over their pledged cuts, percent, by sums'),
        complianceWithoutCredit: number.describe('The same where over-compliance of one does not make up for another'),
        owed: z.number().describe('Compensation owed by all of them, million bbl'),
      })
      .nullable()
      .describe('All members with a quota; null without quotas in the lake'),
    spare: z
      .array(
        z.strictObject({
          group: z.string().describe("The outlook's code: OPEC, OPEC_R05 …"),
          name: z.string().describe('The same in words'),
          capacity: number.describe('Crude production capacity, million b/d'),
          spare: number.describe('Spare capacity as the outlook gives it, million b/d'),
          spareFraction: number.describe('Spare over capacity'),
        }),
      )
      .describe('Capacity and spare capacity by group, in the month; the outlook gives none by country'),
    skipped: z
      .array(z.strictObject({ name: z.string().describe('Country or group'), reason: z.string().describe('Why') }))
      .describe('Without data'),
  })
  .describe('OPEC+ production against quotas, and spare capacity')

export type FundamentalsOpecData = z.infer<typeof FundamentalsOpecData>
