import { z } from 'zod'

const price = z.number().nullable().describe('In `unit`; null where it is not known')

export const QuotesData = z
  .strictObject({
    source: z.enum(['bloomberg', 'sim']).describe('Who gave the prices'),
    simulated: z.boolean().describe('True: invented prices of the built-in simulator'),
    quotes: z
      .array(
        z.strictObject({
          ticker: z.string().describe("Bloomberg's ticker: CL1 Comdty"),
          product: z.string().nullable().describe('CL, BRN …; null of a ticker that is no product here'),
          time: z.string().describe('When it arrived, ISO 8601 in UTC; of the simulator its own clock'),
          last: price,
          change: z.number().nullable().describe('Last less the settlement before, in `unit`; null where not known'),
          bid: price,
          ask: price,
          unit: z.string().nullable().describe('USD/bbl, USD/gal …; null where it is not known'),
          stale: z.boolean().describe('Nothing came of it for a while'),
        }),
      )
      .describe('In the order of the tickers; under --watch empty: the rows are streamed'),
  })
  .describe('Prices of the moment')

export type QuotesData = z.infer<typeof QuotesData>
