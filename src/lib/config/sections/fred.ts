import { z } from 'zod'
import { httpSection } from '../http-section.js'
import { defineSection } from '../define-section.js'

export const section = defineSection('fred', 'fred.yaml', () => {
  const seriesId = z.string().regex(/^[A-Z0-9_]{1,40}$/, 'a FRED id is capital letters, digits and "_"')

  return z.strictObject({
    http: httpSection(),
    cacheMegabytes: z.number().min(0).max(100_000),
    cacheMinutes: z.number().min(0).max(525_600),
    pageRows: z.int().min(1).max(100_000),
    missingValues: z.array(z.string()),
    overlapDays: z.int().min(0).max(36_600),
    presets: z
      .record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.array(seriesId).min(1))
      .transform((presets) => new Map(Object.entries(presets))),
  })
})

export type FredSection = z.output<(typeof section)['schema']>
