import { z } from 'zod'
import { dayFromIso, type EpochDay } from '../../kernel/day.js'
import type { Calendars } from '../../market/calendars.js'
import { defineSection } from '../define-section.js'

/** `config/calendars.yaml`: the dates that no yearly rule knows. */
export const section = defineSection('calendars', 'calendars.yaml', () => {
  /** Dates with the reason of each: `2001-09-11: attacks …`. */
  const DatedReasons = z
    .record(z.string(), z.string().min(1))
    .default({})
    .transform((entries, context): ReadonlyMap<EpochDay, string> => {
      const days = new Map<EpochDay, string>()
      for (const [text, reason] of Object.entries(entries)) {
        const day = dayFromIso(text)
        if (day === null) context.addIssue(`"${text}" is not a date as YYYY-MM-DD`)
        else days.set(day, reason)
      }
      return days
    })

  const Exceptions = z.strictObject({
    closed: DatedReasons.describe('Closed although the yearly rules say open'),
    open: DatedReasons.describe('Open although the yearly rules say closed'),
  })

  const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day as HH:MM')

  const EarlyCloses = z
    .array(
      z
        .strictObject({ from: z.string(), holiday: Time, dayAfterThanksgiving: Time })
        .transform(({ from, ...times }, context) => {
          const day = dayFromIso(from)
          if (day === null) {
            context.addIssue(`"${from}" is not a date as YYYY-MM-DD`)
            return z.NEVER
          }
          return { from: day, ...times }
        }),
    )
    .refine(
      (entries) => entries.every((entry, i) => i === 0 || entries[i - 1].from < entry.from),
      'must ascend by date',
    )

  return z
    .strictObject({
      NYMEX: Exceptions,
      ICE: Exceptions,
      UK: Exceptions,
      'NYMEX-TRADING': Exceptions,
      earlyCloses: EarlyCloses.describe('New York times at which Globex stops on settlement holidays that trade'),
    })
    .transform(({ earlyCloses, ...exceptions }): Calendars => ({ exceptions, earlyCloses }))
})
