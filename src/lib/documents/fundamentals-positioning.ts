import { z } from 'zod'

const number = z.number().nullable()

const MarketPositions = z
  .strictObject({
    product: z.string().describe('CL, RB …'),
    name: z.string().describe('The same in words'),
    code: z.string().describe('Contract market code of the CFTC'),
    group: z
      .enum(['managed-money', 'non-commercial'])
      .describe('Whose positions: of the disaggregated or the legacy report'),
    source: z.string().describe('Source in the lake'),
    simulated: z.boolean().describe('From the built-in simulator'),
    period: z.string().describe('Day of the positions, normally a Tuesday, YYYY-MM-DD'),
    knownOn: z.string().describe('First day whose 14:30 New York decision may use them'),
    long: z.number().describe('Contracts held long'),
    short: z.number().describe('Contracts held short, a count without sign'),
    net: z.number().describe('Long less short, contracts; positive is net long'),
    change: number.describe('Net less that of the report before, contracts'),
    openInterest: z.number().describe('All open contracts'),
    pctOfOpenInterest: number.describe('Net over open interest, in percent, signed'),
    longShortRatio: number.describe('Long over short'),
    zScore: number.describe('Net in standard deviations (ddof 1) of the window, itself included'),
    percentile: number.describe('Mid-rank percentile of net in the window, 0 to 100'),
    cotIndex: number.describe('Net between lowest (0) and highest (100) of the window'),
    crowded: z.enum(['long', 'short']).nullable().describe('Percentile beyond the limits of the configuration'),
    reasons: z.record(z.string(), z.string()).describe('Why a number is null'),
  })
  .describe('Net position of one group in one market')

export const FundamentalsPositioningData = z
  .strictObject({
    markets: z.array(MarketPositions).describe('In the order of config/fundamentals.yaml'),
    skipped: z
      .array(z.strictObject({ name: z.string().describe('Market'), reason: z.string().describe('Why') }))
      .describe('Without data'),
    assumptions: z.strictObject({
      weeks: z.int().describe('Reports in the window of percentile, z-score and index'),
      crowdedAbove: z.number().describe('Percentile above which a market is crowded long'),
      crowdedBelow: z.number().describe('Percentile below which a market is crowded short'),
    }),
  })
  .describe('Positions of money managers: net, share of open interest, place in three years')

export type FundamentalsPositioningData = z.infer<typeof FundamentalsPositioningData>
export type PositioningRow = FundamentalsPositioningData['markets'][number]
