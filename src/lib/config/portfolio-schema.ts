import { z } from 'zod'

/** What stands on every line of a book, alone or as the leg of a spread. */
const line = {
  contract: z.string().min(1).max(40).optional().describe('CLZ26, CLZ6 or a rank: CL1'),
  product: z.string().min(1).max(40).optional().describe('With rank, in place of contract'),
  rank: z.int().min(1).max(144).optional().describe('1 is the front month; with product'),
  lots: z.number().describe('Bought is positive, sold is negative'),
  entryPrice: z.number().optional().describe('In the quote of the product; may be zero or negative'),
  type: z.string().max(40).optional().describe('future; anything else is refused by name'),
  strike: z.number().optional().describe('Only to be refused: books are linear'),
}

const named = ({ contract, product, rank }: { contract?: string; product?: string; rank?: number }): boolean =>
  contract === undefined ? product !== undefined && rank !== undefined : product === undefined && rank === undefined
const NAMED = 'takes a contract (CLZ26, CL1), or product and rank'

const Leg = z.strictObject(line).refine(named, { error: NAMED })

const Entry = z
  .strictObject({
    ...line,
    lots: line.lots.optional(),
    strategy: z.string().min(1).max(64).optional(),
    spread: z.string().min(1).max(64).optional().describe('Name of the spread whose legs follow'),
    legs: z.array(Leg).min(2).max(12).optional(),
  })
  .superRefine((entry, check) => {
    if (entry.legs !== undefined) {
      for (const key of ['contract', 'product', 'rank', 'entryPrice'] as const) {
        if (entry[key] === undefined) continue
        check.addIssue({ code: 'custom', path: [key], message: 'stands on the legs of a spread, not beside them' })
      }
      return
    }
    if (entry.lots === undefined) check.addIssue({ code: 'custom', path: ['lots'], message: 'is missing' })
    if (!named(entry)) check.addIssue({ code: 'custom', path: [], message: NAMED })
  })

/** A book: `config/portfolios/<name>.yaml`, or the same as JSON. */
export const PortfolioSchema = z.strictObject({
  title: z.string().min(1).max(120).optional(),
  capitalUsd: z.number().positive().optional().describe('Leverage and drawdown are unknown without it'),
  positions: z.array(Entry).min(1, 'holds no position').max(5000),
})

export type PortfolioInput = z.infer<typeof PortfolioSchema>
