import { z } from 'zod'

export const LimitRow = z.strictObject({
  name: z.string().describe('var95OneDay, grossExposure, lotsCL …'),
  unit: z.enum(['USD', 'lots', 'fraction']),
  value: z.number().nullable().describe('Losses and drawdowns positive; null where it is unknown'),
  limit: z.number(),
  utilisation: z.number().nullable().describe('value ÷ limit'),
  status: z
    .enum(['ok', 'warning', 'critical', 'breach', 'unknown'])
    .describe('breach above breachFraction, critical and warning from theirs on; unknown is never ok'),
  about: z.string().nullable().describe('Why the value is unknown, or whose it is (the largest instrument)'),
  origin: z.string().describe('Where the limit comes from: config/risk_limits.yaml:9, env MAX_VAR_LIMIT, the exchange'),
})
export type LimitRow = z.infer<typeof LimitRow>

export const LimitsAssumptions = z.strictObject({
  varMethod: z.string(),
  varConfidence: z.number(),
  varHorizonDays: z.int(),
  varObservations: z.int().describe('Daily P&L values behind VaR; 0 where the book has no history'),
  history: z.string().describe('rank: each position takes the changes of whatever contract held its rank that day'),
  drawdown: z.string().describe('What drawdown is of'),
  warningFraction: z.number(),
  criticalFraction: z.number(),
  breachFraction: z.number(),
})

export const LimitsCheckData = z
  .strictObject({
    book: z.string(),
    date: z.string().describe('YYYY-MM-DD'),
    capitalUsd: z.number().nullable(),
    limits: z.array(LimitRow),
    breaches: z.array(z.string()).describe('Names of the limits in breach'),
    unknown: z.array(z.string()).describe('Names of the limits that cannot be judged'),
    stalePositions: z.array(z.strictObject({ position: z.string(), lastSettlement: z.string() })),
    assumptions: LimitsAssumptions,
  })
  .describe('Limits of a book on one day')
export type LimitsCheckData = z.infer<typeof LimitsCheckData>
