import { z } from 'zod'
import { dayFromIso } from '../../kernel/day.js'
import { PRODUCTS } from '../../market/instrument.js'
import { defineSection } from '../define-section.js'

const ascending = (rows: readonly { readonly from: number }[]): boolean =>
  rows.every((row, i) => i === 0 || rows[i - 1].from < row.from)

export const section = defineSection('margins', 'margins.yaml', () => {
  const Day = z.string().transform((text, context) => {
    const day = dayFromIso(text)
    if (day !== null) return day
    context.addIssue(`"${text}" is not a date as YYYY-MM-DD`)
    return z.NEVER
  })

  const Credit = z.number().min(0).max(1)

  const ProductMargins = z.strictObject({
    margins: z
      .array(
        z.strictObject({
          from: Day.describe('First day of this margin'),
          initialUsd: z.number().positive().describe('Initial margin of one lot, USD'),
        }),
      )
      .refine(ascending, 'margins must ascend by date')
      .default([]),
    marginProxy: z.enum(PRODUCTS).optional().describe('Whose margin stands in where this product has none'),
    spotMonthLimits: z
      .array(
        z.strictObject({
          from: Day.describe('First day of this limit'),
          lots: z.int().positive().describe('Most lots in the spot month, long or short'),
        }),
      )
      .refine(ascending, 'limits must ascend by date')
      .default([]),
  })

  return z
    .strictObject({
      source: z.string().min(1).describe('Where the margins come from'),
      through: Day.describe('Last day for which the margins are known'),
      initialToMaintenance: z.number().min(1).max(10).default(1.1).describe('Initial ÷ maintenance margin'),
      spreadCredits: z
        .strictObject({
          calendar: Credit.default(0).describe('Legs of one product'),
          interCommodity: Credit.default(0).describe('Legs of several products'),
          spreads: z.record(z.string(), Credit).default({}).describe('By the name of a spread, before the two above'),
        })
        .default({ calendar: 0, interCommodity: 0, spreads: {} })
        .describe('Share of the legs’ margins that is given back for a spread'),
      spotMonthSource: z.string().min(1).describe('Where the spot-month limits come from'),
      products: z.partialRecord(z.enum(PRODUCTS), ProductMargins),
    })
    .describe('Dated initial margins and spot-month limits')
})

export type MarginsConfig = z.output<(typeof section)['schema']>
