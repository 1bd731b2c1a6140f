import { z } from 'zod'

export const FundamentalsTurnaroundsData = z
  .strictObject({
    unit: z.string().describe('kb/d'),
    from: z.string().describe('First week shown, its Friday, YYYY-MM-DD'),
    to: z.string().describe('Last week shown, its Friday, YYYY-MM-DD'),
    regions: z
      .array(
        z.strictObject({
          region: z.string().describe('As in the file: PADD3 …; ALL is their sum'),
          peak: z.number().describe('Most capacity offline in a week, kb/d'),
          peakWeek: z.string().describe('That week, its Friday'),
          mean: z.number().describe('Mean capacity offline over the weeks shown, kb/d'),
        }),
      )
      .describe('Regions of the file and ALL'),
    weeks: z
      .array(
        z.strictObject({
          period: z.string().describe('Week ending, a Friday, YYYY-MM-DD'),
          offline: z.record(z.string(), z.number()).describe('Mean capacity offline in the week by region, kb/d'),
        }),
      )
      .describe('Every week shown; what is not known to be off is 0'),
  })
  .describe('Refinery capacity offline for maintenance by week, as it was known')

export type FundamentalsTurnaroundsData = z.infer<typeof FundamentalsTurnaroundsData>
