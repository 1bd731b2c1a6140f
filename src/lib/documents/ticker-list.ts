import { z } from 'zod'

export const TickerRow = z.strictObject({
  ticker: z.string().nullable().describe('Bloomberg’s generic ticker, CL1 Comdty; null where its root is not known'),
  product: z.string().describe('Product key: CL, BRN, RB …'),
  commodity: z.string().describe('As a desk says it: WTI, Brent (ICE) …'),
  rank: z
    .number()
    .int()
    .describe('1 is the front contract; Dubai begins with 2, as its first is quoted as the balance of the month'),
  contract: z.string().nullable().describe('The contract of that rank on asOf; null without --as-of'),
  exchange: z.string(),
  multiplier: z.number().describe('Units of the quote in one lot: USD per 1.00 of price, one lot'),
  unit: z.string().describe('Unit of the quote'),
  yahoo: z.string().nullable().describe('Yahoo’s front-month symbol'),
  eiaSpot: z.array(z.string()).describe('EIA’s spot series'),
})

export const TickerListData = z
  .strictObject({
    tickers: z.array(TickerRow).describe('By product, then rank'),
    fields: z.record(z.string(), z.string()).describe('Our field names → Bloomberg’s: last → PX_LAST'),
  })
  .describe('The tickers of every product')
export type TickerListData = z.infer<typeof TickerListData>
