import { z } from 'zod'

export const TickerParseData = z
  .strictObject({
    ticker: z.string().describe('The ticker as its vendor writes it: CL1 Comdty, CLZ26 Comdty, CL=F, RWTC'),
    vendor: z.enum(['bloomberg', 'yahoo', 'eia']),
    product: z.string().describe('Product key: CL, BRN, RB …'),
    commodity: z.string().describe('As a desk says it: WTI, Brent (ICE) …'),
    type: z
      .enum(['generic', 'contract', 'spot'])
      .describe('generic: n-th month; contract: one delivery month; spot: a price series of EIA'),
    monthNumber: z
      .number()
      .int()
      .nullable()
      .describe('Number in a generic ticker, 1 is the front month; null otherwise'),
    rank: z
      .number()
      .int()
      .nullable()
      .describe('Rank of a generic ticker’s contract; null otherwise and for the balance of the month, DAT1'),
    contract: z.string().nullable().describe('Contract code; of a generic ticker only with --as-of; null for spot'),
    deliveryMonth: z.string().nullable().describe('Delivery month of `contract`, YYYY-MM'),
    lastTradingDay: z.string().nullable().describe('Last trading day of `contract`, YYYY-MM-DD'),
    exchange: z.string(),
    multiplier: z.number().describe('Units of the quote in one lot: USD per 1.00 of price, one lot'),
    unit: z.string().describe('Unit of the quote'),
    tick: z.number().describe('Smallest price step today, in `unit`'),
    tickValueUsd: z.number().describe('Worth of one tick of one lot, USD'),
    fields: z.record(z.string(), z.string()).describe('Our field names → Bloomberg’s: last → PX_LAST'),
  })
  .describe('What a ticker means')
export type TickerParseData = z.infer<typeof TickerParseData>
