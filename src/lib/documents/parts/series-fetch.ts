import { z } from 'zod'

const FetchedSeries = z
  .strictObject({
    series: z.string().describe('Id in the lake: RWTC, WCESTUS1, CFTC_067651_MM_LONG …'),
    unit: z.string().describe('Unit of the values in the lake: USD/bbl, kbbl, kb/d, % …'),
    frequency: z.enum(['daily', 'weekly', 'monthly']).describe('What a period is: a day, a week, a month'),
    requests: z.int().describe('Pages of the answer in which it came; series that share a request count it each'),
    cached: z.boolean().describe('Every page came from the disk; nothing was asked over the network'),
    added: z.int().describe('Periods that the lake did not hold'),
    revised: z.int().describe('Periods whose value differs from what the lake held: new vintages'),
    dropped: z.int().describe('Values that the quality gate refused; warnings name them'),
    missing: z.int().describe('Periods that the vendor lists without a value; they are not stored'),
    first: z
      .string()
      .nullable()
      .describe('First period in the lake, YYYY-MM-DD; a month is its first day; null if none'),
    last: z.string().nullable().describe('Last period in the lake, YYYY-MM-DD; the outlook reaches into the future'),
    sha256: z.string().nullable().describe('Fingerprint of the whole series in the lake'),
  })
  .describe('One series that was fetched')

/** What every fetch of series answers; a vendor's document adds what was asked for. */
export const seriesFetch = {
  baseHost: z.string().describe('Host that was asked'),
  dryRun: z.boolean().describe('Nothing was asked: `planned` lists what would be'),
  series: z.array(FetchedSeries).describe('In the order of the request; empty under --dry-run'),
  planned: z
    .array(
      z.strictObject({
        url: z.string().describe('First page; the key is hidden'),
        series: z.array(z.string()).describe('Series that share the request'),
      }),
    )
    .describe('Requests of a --dry-run; else empty'),
}

export type SeriesFetch = z.infer<z.ZodObject<typeof seriesFetch, z.core.$strict>>
