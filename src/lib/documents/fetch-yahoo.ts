import { z } from 'zod'

export const FetchYahooData = z
  .strictObject({
    baseHost: z.string().describe('Host that was asked'),
    bars: z
      .array(
        z.strictObject({
          yahoo: z.string().describe("Yahoo's symbol: CL=F"),
          symbol: z.string().describe('Symbol in the lake'),
          unit: z.string().describe('Unit of the prices'),
          added: z.int().describe('Days that the lake did not hold'),
          revised: z.int().describe('Days whose bar differs from what the lake held'),
          dropped: z.int().describe('Bars that the quality gate refused; warnings name them'),
          missing: z.int().describe('Days that Yahoo lists without a close'),
          first: z.string().nullable().describe('First day in the lake, YYYY-MM-DD'),
          last: z.string().nullable().describe('Last day in the lake, YYYY-MM-DD'),
          sha256: z.string().nullable().describe('Fingerprint of all bars in the lake'),
        }),
      )
      .describe('In the order of the request'),
    caveats: z.array(z.string()).describe('What these prices are not'),
  })
  .describe('Daily bars from Yahoo, an unofficial source')

export type FetchYahooData = z.infer<typeof FetchYahooData>
