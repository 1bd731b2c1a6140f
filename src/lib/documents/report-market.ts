import { z } from 'zod'

export const ReportMarketData = z
  .strictObject({
    file: z.string().describe('Base name of the HTML file that was written'),
    sha256: z.string().describe('SHA-256 of that file'),
    asOf: z.string().describe('Settlement day of the report, YYYY-MM-DD'),
    headline: z.string().describe('Title of the report: the last prices of the crudes'),
    findings: z.array(z.string()).describe('Curve shapes, and spreads in the highest or lowest tenth of their year'),
    simulated: z.boolean().describe('True where any price in the report was made by the simulator'),
    sections: z
      .array(
        z.strictObject({
          name: z.string().describe('prices, curves or spreads'),
          rows: z.int().describe('Rows in its table'),
          charts: z.array(z.string()).describe('Pictures in it: prices, curve-CL, spreads-1 …'),
          missing: z.array(z.string()).describe('What could not be shown, with the reason'),
        }),
      )
      .describe('In the order of the report'),
  })
  .describe('The market report that was written')
export type ReportMarketData = z.infer<typeof ReportMarketData>
