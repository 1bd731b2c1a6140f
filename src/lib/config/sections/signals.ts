import { z } from 'zod'
import { PRODUCTS } from '../../market/instrument.js'
import { MAX_BUSINESS_DAYS_BEFORE, parseRollRule } from '../../market/roll.js'
import { SIGNAL_PARAMETERS } from '../../signals/signal-parameters.js'
import { defineSection } from '../define-section.js'

/** `config/signals.yaml`: what stands there of a signal's parameters is held against their ranges. */
export const section = defineSection('signals', 'signals.yaml', () => {
  const weight = z.number().min(0).max(1000)
  const name = z.string().min(1).nullable().default(null)

  const product = z.strictObject({
    crack: name.describe('A spread of config/spreads.yaml'),
    calendar: name.describe('A spread of config/spreads.yaml'),
    stocks: name.describe('A series of config/fundamentals.yaml'),
    positions: z.enum(PRODUCTS).nullable().default(null),
    opec: z.boolean().default(false),
    refining: z.enum(['input', 'output']).nullable().default(null),
  })

  const parametersOf = (signal: keyof typeof SIGNAL_PARAMETERS): z.ZodType<Readonly<Record<string, number>>> =>
    z.strictObject(
      Object.fromEntries(
        SIGNAL_PARAMETERS[signal].map((one) => [
          one.name,
          (one.whole ? z.int() : z.number()).min(one.min).max(one.max).default(one.default),
        ]),
      ),
    )

  const signals = Object.fromEntries(
    (Object.keys(SIGNAL_PARAMETERS) as (keyof typeof SIGNAL_PARAMETERS)[]).map((signal) => [
      signal,
      z.strictObject({ weight: weight.default(1), parameters: parametersOf(signal).prefault({}) }).prefault({}),
    ]),
  )

  return z.strictObject({
    roll: z.string().transform((text, context) => {
      const rule = parseRollRule(text)
      if (rule !== null) return rule
      context.addIssue({
        code: 'custom',
        message: `calendar:0 to calendar:${MAX_BUSINESS_DAYS_BEFORE}, fixed-day:1 to fixed-day:31, open-interest or volume, not "${text}"`,
      })
      return z.NEVER
    }),
    composite: z.strictObject({
      families: z
        .strictObject({ technical: weight, fundamental: weight, ml: weight })
        .refine(({ technical, fundamental, ml }) => technical + fundamental + ml > 0, 'one family needs a weight'),
      threshold: z.number().min(0).max(1),
      fullScore: z.number().gt(0).max(1),
    }),
    products: z.partialRecord(z.enum(PRODUCTS), product),
    signals: z.strictObject(signals),
  })
})

export type SignalsConfig = z.output<(typeof section)['schema']>
