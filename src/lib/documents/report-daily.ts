import { z } from 'zod'

export const ReportDailyData = z
  .strictObject({
    files: z
      .array(z.strictObject({ name: z.string().describe('Base name'), sha256: z.string() }))
      .describe('What was written: the page, and with --charts its pictures'),
    book: z.string().nullable(),
    date: z.string().describe('Settlement day of the report, YYYY-MM-DD'),
    days: z.int().describe('Days of P&L in it: 1, or those of the week'),
    headline: z.string(),
    limitStatus: z.enum(['ok', 'warning', 'critical', 'breach', 'unknown']).describe('The worst of all limits'),
    breaches: z.array(z.string()).describe('Limits in breach'),
    findings: z.array(z.string()),
    pnlUsd: z.number().nullable().describe('Actual P&L of the days'),
    varUsd: z.number().nullable().describe('One day at 95 %, historical where there is one'),
    worstScenario: z.strictObject({ id: z.string(), pnlUsd: z.number().nullable() }).nullable(),
    simulated: z.boolean().describe('True where any figure rests on the simulator'),
    documents: z
      .array(z.strictObject({ schema: z.string(), asOf: z.string().nullable() }))
      .describe('What the page was made of'),
    notAvailable: z.array(z.strictObject({ what: z.string(), reason: z.string() })).describe('What could not be shown'),
    warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  })
  .describe('A report of a book on one day or over one week')
export type ReportDailyData = z.infer<typeof ReportDailyData>
