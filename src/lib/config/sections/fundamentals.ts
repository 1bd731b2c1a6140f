import { z } from 'zod'
import { defineSection } from '../define-section.js'

/** Where the file does not say. */
const TOTAL = ['crude', 'gasoline', 'distillate']

export const section = defineSection('fundamentals', 'fundamentals.yaml', () => {
  const id = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/, 'a series id is letters, digits, ".", "_", "-"')

  const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name is a-z, 0-9 and "-"')

  const code = z.string().regex(/^[A-Z0-9_]{2,20}$/, "a code is the outlook's: SA, IR, OPEC")

  return z.strictObject({
    inventory: z
      .strictObject({
        surpriseWeeks: z.int().min(8).max(520),
        years: z.int().min(1).max(30),
        minYears: z.int().min(1).max(30),
        demandWeeks: z.int().min(1).max(52),
        excludedYears: z.array(z.int().min(1980).max(2100)).max(10).default([2020]),
        total: z.array(name).optional(),
        series: z
          .array(
            z.strictObject({
              name,
              title: z.string().min(1),
              id,
              demand: id.nullable().default(null),
              capacityKbbl: z.number().positive().nullable().default(null),
              floorKbbl: z.number().min(0).nullable().default(null),
            }),
          )
          .min(1),
      })
      .superRefine(({ total, series }, context) => {
        for (const [i, one] of (total ?? []).entries()) {
          if (series.every((each) => each.name !== one)) {
            context.addIssue({ code: 'custom', path: ['total', i], message: `there is no "${one}" under series` })
          }
        }
      })
      .transform(({ total, ...rest }) => ({
        ...rest,
        total: total ?? TOTAL.filter((one) => rest.series.some((each) => each.name === one)),
      })),
    positioning: z.strictObject({
      weeks: z.int().min(10).max(1040),
      crowdedAbove: z.number().min(50).max(100),
      crowdedBelow: z.number().min(0).max(50),
      products: z.array(z.string().min(1)).min(1),
    }),
    opec: z.strictObject({
      countries: z.record(code, z.string().min(1)).transform((names) => new Map(Object.entries(names))),
      groups: z.record(code, z.string().min(1)).transform((names) => new Map(Object.entries(names))),
    }),
  })
})

export type FundamentalsConfig = z.output<(typeof section)['schema']>
