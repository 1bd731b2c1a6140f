import { z } from 'zod'
import { dayFromIso, type EpochDay, type Weekday } from '../../kernel/day.js'
import type { PublicationRule, Publications } from '../../market/publication.js'
import { defineSection } from '../define-section.js'

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

export const section = defineSection('publications', 'publications.yaml', () => {
  const weekday = z.enum(WEEKDAYS).transform((name) => WEEKDAYS.indexOf(name) as Weekday)

  const day = z.string().transform((text, context): EpochDay => {
    const parsed = dayFromIso(text)
    if (parsed === null) context.addIssue({ code: 'custom', message: `"${text}" is not a date as YYYY-MM-DD` })
    return parsed ?? 0
  })

  const minuteOfDay = z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is HH:MM, New York')
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))

  const pattern = z.string().transform((text, context): RegExp => {
    try {
      return new RegExp(`^(?:${text})$`)
    } catch (error) {
      context.addIssue({ code: 'custom', message: `not a regular expression: ${(error as Error).message}` })
      return /^$/
    }
  })

  const rule = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('business-days'), days: z.int().min(0).max(30) }),
    z
      .strictObject({
        kind: z.literal('weekly-release'),
        weekday,
        time: minuteOfDay,
        movedByHolidayOn: z.array(weekday).default([]),
        movesTo: weekday.nullable().default(null),
        overrides: z
          .record(z.string(), day)
          .default({})
          .transform((byPeriod, context) => {
            const overrides = new Map<EpochDay, EpochDay>()
            for (const [text, release] of Object.entries(byPeriod)) {
              const period = dayFromIso(text)
              if (period === null)
                context.addIssue({ code: 'custom', message: `"${text}" is not a date as YYYY-MM-DD` })
              else if (release < period)
                context.addIssue({ code: 'custom', message: `${text} is released before its end` })
              else overrides.set(period, release)
            }
            return overrides
          }),
      })
      .transform(({ time, ...rest }) => ({ ...rest, minuteOfDay: time })),
    z.strictObject({ kind: z.literal('month-end'), months: z.int().min(0).max(24) }),
  ])

  const frequency = z.enum(['daily', 'weekly', 'monthly'])

  return z
    .strictObject({
      rules: z.record(z.string(), rule).transform((rules) => new Map<string, PublicationRule>(Object.entries(rules))),
      fallback: z.strictObject({ daily: z.string(), weekly: z.string(), monthly: z.string() }),
      series: z.array(
        z.strictObject({
          id: pattern,
          rule: z.string(),
          frequency,
          unit: z.string().min(1),
          about: z.string().nullable().default(null),
        }),
      ),
      files: z.record(z.string(), z.string()).default({}),
      computedColumns: pattern.nullable().default(null),
    })
    .superRefine(({ rules, fallback, series }, context) => {
      const named = [
        ...Object.entries(fallback).map(([key, name]) => ({ path: ['fallback', key], name })),
        ...series.map((facts, i) => ({ path: ['series', i, 'rule'], name: facts.rule })),
      ]
      for (const { path, name } of named) {
        if (!rules.has(name)) context.addIssue({ code: 'custom', path, message: `there is no rule "${name}"` })
      }
    })
})

/** What `config/publications.yaml` holds beyond the rules: how files without a series id are named. */
export interface PublicationsSection extends Publications {
  /** Base name without ending → series id, bar symbol, or prefix of position series. */
  readonly files: Readonly<Record<string, string>>
  readonly computedColumns: RegExp | null
}
