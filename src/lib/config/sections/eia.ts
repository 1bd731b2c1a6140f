import { z } from 'zod'
import { httpSection } from '../http-section.js'
import { defineSection } from '../define-section.js'

export const section = defineSection('eia', 'eia.yaml', () => {
  const pattern = z.string().transform((text, context): RegExp => {
    try {
      return new RegExp(`^(?:${text})$`)
    } catch (error) {
      context.addIssue({ code: 'custom', message: `not a regular expression: ${(error as Error).message}` })
      return /^$/
    }
  })

  const route = z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/, 'a route is words of a-z, 0-9 and "-" with "/" between')

  const label = z.string().min(1).max(100)

  const seriesId = z
    .string()
    .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/, 'a series id is letters, digits, ".", "_", "-"')

  return z
    .strictObject({
      http: httpSection(),
      cacheMegabytes: z.number().min(0).max(100_000),
      pageRows: z.int().min(1).max(5000),
      seriesPerRequest: z.int().min(1).max(50),
      missingValues: z.array(z.string()),
      units: z
        .record(z.string(), z.string().min(1))
        .transform((units) => new Map(Object.entries(units).map(([vendor, own]) => [vendor.toUpperCase(), own]))),
      routes: z
        .record(
          route,
          z.strictObject({
            facet: z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/),
            frequency: z.enum(['daily', 'weekly', 'monthly']),
            overlapDays: z.int().min(0).max(36_600),
            cacheMinutes: z.number().min(0).max(525_600),
          }),
        )
        .transform((routes) => new Map(Object.entries(routes))),
      presets: z
        .record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.record(route, z.array(seriesId).min(1)))
        .transform((presets) => new Map(Object.entries(presets))),
      patterns: z.array(z.strictObject({ id: pattern, route })),
      tables: z
        .strictObject({
          cacheMinutes: z.number().min(0).max(525_600),
          userAgent: z.string().min(1).max(200),
          headings: z.strictObject({ labelHeadings: z.array(label).min(1).max(2), differenceHeading: label }),
          files: z
            .record(
              z.string().regex(/^[a-z0-9_-]+\.csv$/, 'a file is named table1.csv'),
              z.array(
                z.strictObject({
                  unit: z.string().min(1),
                  factor: z.number().positive(),
                  rows: z.record(seriesId, z.array(label).min(1).max(2)),
                }),
              ),
            )
            .transform((files) => new Map(Object.entries(files))),
        })
        .nullable()
        .default(null),
    })
    .superRefine(({ routes, presets, patterns }, context) => {
      const missing = (path: (string | number)[], name: string): void => {
        if (!routes.has(name)) context.addIssue({ code: 'custom', path, message: `there is no route "${name}" above` })
      }
      for (const [preset, byRoute] of presets) {
        for (const name of Object.keys(byRoute)) missing(['presets', preset, name], name)
      }
      for (const [i, { route: name }] of patterns.entries()) missing(['patterns', i, 'route'], name)
    })
})

export type EiaSection = z.output<(typeof section)['schema']>
