import { z } from 'zod'

export const TickerValidateData = z
  .strictObject({
    ticker: z.string().describe('The text as typed'),
    valid: z.boolean(),
    normalised: z.string().nullable().describe('The ticker as its vendor writes it; null where invalid'),
    code: z.string().nullable().describe('Stable code of what is wrong; null where valid'),
    reason: z.string().nullable().describe('What is wrong, in a sentence; null where valid'),
  })
  .describe('Whether a text is a ticker that means something here')
export type TickerValidateData = z.infer<typeof TickerValidateData>
