import { z } from 'zod'
import { httpSection } from '../http-section.js'
import { defineSection } from '../define-section.js'

export const section = defineSection('cftc', 'cftc.yaml', () => {
  const resource = z.string().regex(/^[a-z0-9]{4}-[a-z0-9]{4}$/, 'a resource is four and four characters: 72hh-3qpy')

  const pair = z.strictObject({ futures: resource, combined: resource })

  return z.strictObject({
    http: httpSection(),
    cacheMegabytes: z.number().min(0).max(100_000),
    cacheMinutes: z.number().min(0).max(525_600),
    pageRows: z.int().min(1).max(50_000),
    overlapDays: z.int().min(0).max(36_600),
    products: z.array(z.string().min(1)).min(1),
    resources: z.strictObject({ legacy: pair, disaggregated: pair }),
  })
})

export type CftcSection = z.output<(typeof section)['schema']>
