import { z } from 'zod'
import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import { httpSection } from '../http-section.js'
import { defineSection } from '../define-section.js'

export const section = defineSection('yahoo', 'yahoo.yaml', () => {
  const day = z.string().transform((text, context): EpochDay => {
    const parsed = dayFromIso(text)
    if (parsed === null) context.addIssue({ code: 'custom', message: `"${text}" is not a date as YYYY-MM-DD` })
    return parsed ?? 0
  })

  return z.strictObject({
    http: httpSection(),
    userAgent: z.string().min(1).max(300),
    overlapDays: z.int().min(0).max(3660),
    from: day,
    symbols: z
      .record(
        z.string().regex(/^[A-Z0-9^][A-Z0-9=.^-]{0,20}$/, "a symbol is Yahoo's: CL=F"),
        z.strictObject({ symbol: z.string().regex(/^[A-Z0-9]{1,12}$/), unit: z.string().min(1) }),
      )
      .transform((symbols) => new Map(Object.entries(symbols))),
  })
})

export type YahooSection = z.output<(typeof section)['schema']>
