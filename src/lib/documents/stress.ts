import { z } from 'zod'

export const StressPosition = z.strictObject({
  position: z.string(),
  contract: z.string(),
  lots: z.int(),
  pnlUsd: z.number().nullable().describe('null where the position is not shocked'),
  priceChange: z
    .number()
    .nullable()
    .describe('In the quote; null where it is not shocked, or the loss is not of a price'),
  shockedPrice: z.number().nullable().describe('settlement + priceChange'),
  proxied: z.boolean().describe('The shock, or its decay along the curve, is another product’s'),
  proxy: z.string().nullable().describe('Whose'),
  notShocked: z.boolean().describe('No shock was measured and none is declared in its place'),
  note: z.string().nullable(),
})
export type StressPosition = z.infer<typeof StressPosition>

export const StressScenario = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['historical', 'factor', 'volatility', 'correlation', 'delivery-window']),
  from: z.string().nullable().describe('First settlement of a measured scenario'),
  to: z.string().nullable(),
  basis: z
    .enum(['rank', 'spot', 'futures'])
    .nullable()
    .describe(
      'rank: the contract at a rank against the one at that rank later, rolls included; spot: spot prices; futures: as reported',
    ),
  measure: z.string().describe('What pnlUsd is: a revaluation, or the loss of a 95 % day'),
  pnlUsd: z.number().nullable().describe('Sum of the shocked positions, losses negative; null where none is shocked'),
  pnlToCapital: z.number().nullable().describe('pnlUsd ÷ capitalUsd'),
  complete: z.boolean().describe('Every position was shocked'),
  proxied: z.boolean().describe('At least one position takes another product’s shock'),
  driver: z.string().nullable().describe('The product that adds most in the direction of the result'),
  driverPnlUsd: z.number().nullable(),
  limitsBreached: z
    .array(z.string())
    .describe('Limits in breach at the shocked prices, the loss taken as a daily drawdown'),
  source: z.string().nullable(),
  positions: z.array(StressPosition),
})
export type StressScenario = z.infer<typeof StressScenario>

export const StressReplay = z.strictObject({
  from: z.string().describe('First day'),
  to: z.string(),
  history: z.string(),
  totalUsd: z.number(),
  worstDay: z.string(),
  worstDayUsd: z.number(),
  drawdownUsd: z.number().describe('Largest fall of cumulative P&L from its highest point, ≥ 0'),
  days: z.array(z.strictObject({ date: z.string(), pnlUsd: z.number(), cumulativeUsd: z.number() })),
  positions: z.array(z.strictObject({ position: z.string(), pnlUsd: z.number() })),
  dropped: z.array(z.strictObject({ day: z.string(), reason: z.string() })).describe('Days that are in no change'),
})
export type StressReplay = z.infer<typeof StressReplay>

export const StressReverse = z.strictObject({
  limit: z.string().describe('The limit that the loss breaches, or --reverse-loss-usd'),
  lossUsd: z.number(),
  sigmas: z.number().describe('lossUsd in daily standard deviations of the book'),
  deviationUsd: z.number().describe('Daily standard deviation of the book'),
  observations: z.int(),
  moves: z
    .array(
      z.strictObject({
        contract: z.string(),
        lots: z.number().describe('Net'),
        priceChange: z.number().describe('In the quote'),
        priceChangePercent: z.number().nullable().describe('Of the settlement; null where that is not above zero'),
        pnlUsd: z.number(),
      }),
    )
    .describe('s = −L·Σw ÷ (w′Σw): the smallest shock, in units of the market’s own moves, that loses lossUsd'),
})
export type StressReverse = z.infer<typeof StressReverse>

export const StressData = z
  .strictObject({
    book: z.string(),
    title: z.string(),
    date: z.string().describe('YYYY-MM-DD'),
    capitalUsd: z.number().nullable(),
    scenarios: z.array(StressScenario).describe('In the order of config/scenarios.yaml'),
    worst: z.string().nullable().describe('Id of the scenario with the largest loss'),
    replay: StressReplay.nullable().describe('With --replay-from'),
    reverse: z.array(StressReverse).describe('Smallest shock that breaches each limit on losses'),
    reverseReason: z.string().nullable().describe('Why there is no reverse stress'),
    limitsBreachedNow: z.array(z.string()).describe('In breach before any shock'),
    stalePositions: z.array(z.strictObject({ position: z.string(), lastSettlement: z.string() })),
    source: z.string().describe('Where measured shocks come from'),
  })
  .describe('What a book gains or loses in each scenario')
export type StressData = z.infer<typeof StressData>
