import { z } from 'zod'
import { dayFromIso } from '../../kernel/day.js'
import { monthFromIso } from '../../market/contract-month.js'
import { PRODUCTS, type Instrument, type Product } from '../../market/instrument.js'
import { defineSection } from '../define-section.js'

/** `config/instruments.yaml`: the futures products. */
export const section = defineSection('instruments', 'instruments.yaml', () => {
  const Day = z.string().transform((text, context) => {
    const day = dayFromIso(text)
    if (day !== null) return day
    context.addIssue(`"${text}" is not a date as YYYY-MM-DD`)
    return z.NEVER
  })

  const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day as HH:MM')

  const Code = z.string().min(1).max(40)

  const TickSizes = z
    .array(
      z.strictObject({
        from: Day.describe('First day on which this tick holds'),
        tick: z.number().positive().describe('Smallest price step, in the unit of the quote'),
        tickValueUsd: z.number().positive().describe('Worth of one tick of one lot, USD'),
      }),
    )
    .min(1)
    .refine((ticks) => ticks.every((tick, i) => i === 0 || ticks[i - 1].from < tick.from), 'ticks must ascend by date')

  const Overrides = z
    .record(z.string(), Day)
    .default({})
    .transform((dates, context) => {
      const overrides = new Map<number, number>()
      for (const [text, day] of Object.entries(dates)) {
        const month = monthFromIso(text)
        if (month === null) context.addIssue(`"${text}" is not a delivery month as YYYY-MM`)
        else overrides.set(month, day)
      }
      return overrides
    })

  const InstrumentRow = z
    .strictObject({
      name: z.string().min(1).describe('As a desk says it'),
      aliases: z.array(z.string().regex(/^[a-z0-9.-]+$/, 'aliases are lower case')).describe('What users may type'),
      exchange: z.string().min(1),
      zone: z
        .string()
        .regex(/^[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+$/, 'not an IANA zone')
        .describe('The exchange clock'),
      session: z.strictObject({ open: ClockTime, close: ClockTime, settlement: ClockTime }),
      unit: z.enum(['USD/bbl', 'USD/gal', 'USD/t', 'USD/MMBtu']),
      contractSize: z.number().positive().describe('Units of the quote in one lot: USD per 1.00 of price'),
      ticks: TickSizes,
      expiryRule: z.enum(['wti', 'month-end-before', 'natural-gas', 'gasoil', 'brent-ice', 'brent-cme', 'month-end']),
      settlementCalendar: z.enum(['NYMEX', 'ICE']),
      codes: z.strictObject({
        exchange: Code,
        bloomberg: Code.nullable(),
        bloombergFrontNumber: z.int().min(1).max(2).default(1),
        yahoo: Code.nullable(),
        eiaSpot: z.array(Code),
        eiaFutures: z.array(Code),
        cftc: Code.nullable(),
      }),
      barrelsPerLot: z.number().positive().nullable(),
      lastTradingDayOverrides: Overrides.describe('Real last trading days where the rule misses'),
    })
    .refine(
      ({ ticks, contractSize }) =>
        ticks.every(({ tick, tickValueUsd }) => Math.abs(tick * contractSize - tickValueUsd) < 1e-9 * tickValueUsd),
      'tickValueUsd must be tick × contractSize',
    )

  /** What a user may type for a product, lower case: key, exchange and Bloomberg roots, aliases. */
  function namesOf(product: Product, row: z.infer<typeof InstrumentRow>): string[] {
    const { exchange, bloomberg } = row.codes
    const names = [product, exchange, ...(bloomberg === null ? [] : [bloomberg]), ...row.aliases]
    return [...new Set(names.map((name) => name.toLowerCase()))]
  }

  return z
    .strictObject({ products: z.partialRecord(z.enum(PRODUCTS), InstrumentRow) })
    .transform(({ products }, context): readonly Instrument[] => {
      const owner = new Map<string, Product>()
      const instruments: Instrument[] = []
      for (const product of PRODUCTS) {
        const row = products[product]
        if (!row) {
          context.addIssue(`${product} is missing: all of ${PRODUCTS.join(', ')} must be there`)
          continue
        }
        for (const name of namesOf(product, row)) {
          const other = owner.get(name)
          if (other) context.addIssue(`"${name}" names both ${other} and ${product}`)
          owner.set(name, product)
        }
        instruments.push({ product, ...row })
      }
      return instruments
    })
})
