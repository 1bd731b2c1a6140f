import { z } from 'zod'

const number = z.number().nullable()

const HorizonRow = z
  .strictObject({
    horizonDays: z.int().describe('Decision days ahead'),
    observations: z.int().describe('Days with a direction whose horizon is over'),
    long: z.int(),
    short: z.int(),
    hitRate: number.describe('Share of them that moved the signal’s way; 0 to 1'),
    informationCoefficient: number.describe('Spearman: score against the change that followed, all known days'),
    icT: number.describe('Its t-statistic under a long-run variance: horizons overlap'),
    icObservations: z.int(),
    meanPnlUsdPerLot: number.describe('One lot the signal’s way over the horizon, mean of all days; before costs'),
    pnlT: number.describe('Its t-statistic under a long-run variance'),
    pnlLowUsd: number.describe('2.5 % bound by a circular block bootstrap'),
    pnlHighUsd: number.describe('97.5 % bound'),
    buyAndHoldUsdPerLot: number.describe('Long throughout, on the same days'),
    coinFlip: z
      .strictObject({
        lowUsd: number.describe('2.5 % of coins'),
        highUsd: number.describe('97.5 % of coins'),
        p: number.describe('Share of coins that did as well or better'),
      })
      .describe('The same holding periods, the side of each by a coin'),
  })
  .describe('How a signal did over one horizon')

const GroupRow = z.strictObject({
  group: z.string().describe('2020, backwardation, high volatility, 40–60'),
  observations: z.int(),
  hitRate: number,
  meanPnlUsdPerLot: number,
  meanConfidence: number,
})

const SignalPerformance = z
  .strictObject({
    name: z.string().describe('Signal, or composite'),
    family: z.string(),
    from: z.string().nullable().describe('First day on which it was known, YYYY-MM-DD'),
    to: z.string().nullable(),
    horizons: z.array(HorizonRow),
    decay: z
      .array(z.strictObject({ horizonDays: z.int(), informationCoefficient: number, meanPnlUsdPerLot: number }))
      .describe('How long what it says lasts'),
    calibration: z.array(GroupRow).describe('By confidence, over the main horizon: does more confidence hit more?'),
    byYear: z.array(GroupRow),
    byRegime: z.array(GroupRow).describe('Terciles of volatility over 63 days, and the shape of the curve'),
    turnover: z.strictObject({
      changesPerYear: number.describe('Changes of direction'),
      meanHoldingDays: number,
      exposure: number.describe('Share of known days with a direction'),
    }),
  })
  .describe('What was said, against what followed')

const ProductPerformance = z.strictObject({
  product: z.string(),
  name: z.string(),
  unit: z.string(),
  from: z.string().describe('First decision day'),
  to: z.string(),
  days: z.int().describe('Decision days'),
  multiplier: z.number().describe('USD per lot and unit of price'),
  simulated: z.boolean(),
  signals: z.array(SignalPerformance).describe('The composite first'),
  missing: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
})

export const SignalsPerformanceData = z
  .strictObject({
    basis: z
      .enum(['replayed', 'issued'])
      .describe(
        'replayed: computed today as of each day, with what was known then; issued: what the log says was said',
      ),
    mainHorizonDays: z.int().describe('Of calibration, years and regimes'),
    products: z.array(ProductPerformance),
    assumptions: z.strictObject({
      entry: z.string(),
      costs: z.string(),
      draws: z.int().describe('Of the bootstrap and of the coins'),
    }),
  })
  .describe('How signals did')
export type SignalsPerformanceData = z.infer<typeof SignalsPerformanceData>
export type SignalPerformanceRow = z.infer<typeof SignalPerformance>
export type ProductPerformanceRow = z.infer<typeof ProductPerformance>
