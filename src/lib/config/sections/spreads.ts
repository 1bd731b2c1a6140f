import { z } from 'zod'
import { PRODUCTS } from '../../market/instrument.js'
import { defineSection } from '../define-section.js'

const UNITS = ['USD/bbl', 'USD/gal', 'USD/t', 'USD/MMBtu'] as const

export const section = defineSection('spreads', 'spreads.yaml', () => {
  const Leg = z.strictObject({
    product: z.enum(PRODUCTS),
    weight: z
      .number()
      .refine((weight) => weight !== 0, 'a leg without weight is no leg')
      .describe('Positive is bought, negative is sold'),
    lots: z.number().optional().describe('Hedge ratio in contracts; the weight unless it says otherwise'),
    offset: z.int().min(0).max(60).default(0).describe('Months or ranks behind the nearest'),
    factor: z.number().positive().optional().describe('Multiplies the quote into the spread’s unit'),
  })

  const Spread = z
    .strictObject({
      name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a spread is named in lower case letters, digits and "-"'),
      title: z.string().min(1).max(80).optional(),
      unit: z.enum(UNITS),
      per: z.number().positive().default(1).describe('Divides the sum'),
      barrelsPerTonne: z.number().positive().default(7.45).describe('Density of legs that are quoted in USD/t'),
      legs: z.array(Leg).min(1).max(12),
    })
    .superRefine(({ unit, legs }, check) => {
      legs.forEach((leg, i) => {
        const isGas = leg.product === 'NG'
        if (leg.factor === undefined && isGas !== (unit === 'USD/MMBtu')) {
          check.addIssue({
            code: 'custom',
            path: ['legs', i, 'factor'],
            message: `${leg.product} has no conversion into ${unit}: give the leg a factor`,
          })
        }
        if (leg.lots !== undefined && Math.sign(leg.lots) !== Math.sign(leg.weight)) {
          check.addIssue({
            code: 'custom',
            path: ['legs', i, 'lots'],
            message: 'lots and weight must have the same sign: both bought or both sold',
          })
        }
      })
    })

  return z.strictObject({
    spreads: z
      .array(Spread)
      .min(1)
      .refine(
        (spreads) => new Set(spreads.map((spread) => spread.name)).size === spreads.length,
        'a name is used twice',
      ),
  })
})

export type SpreadsConfig = z.output<(typeof section)['schema']>

export type SpreadConfig = SpreadsConfig['spreads'][number]
