import { z } from 'zod'
import { dayFromIso } from '../../kernel/day.js'
import { PRODUCTS } from '../../market/instrument.js'
import { defineSection } from '../define-section.js'

const GROUPS = ['crude', 'products', 'gas', 'all'] as const

const BASES = ['rank', 'spot', 'futures'] as const

export const section = defineSection('scenarios', 'scenarios.yaml', () => {
  const Day = z.string().transform((text, context) => {
    const day = dayFromIso(text)
    if (day !== null) return day
    context.addIssue(`"${text}" is not a date as YYYY-MM-DD`)
    return z.NEVER
  })

  const change = z.number().min(-1000).max(1000)

  const Node = z
    .strictObject({
      rank: z.int().min(1).max(144).describe('1 is the front month'),
      usd: change.optional().describe('Change of price in the quote of the product'),
      fraction: change.optional().describe('Change of price ÷ price'),
      in: z.enum(['usd', 'fraction']).optional().describe('Which one is applied; fraction where it is given'),
    })
    .superRefine((node, check) => {
      const applied = node.in ?? (node.fraction === undefined ? 'usd' : 'fraction')
      if (node[applied] === undefined) check.addIssue({ code: 'custom', path: [applied], message: 'is missing' })
    })

  const CurveShock = z.strictObject({
    basis: z.enum(BASES).optional().describe('Where it differs from the basis of the scenario'),
    deliveryWindow: z
      .strictObject({
        businessDays: z.int().min(0).max(30).describe('To the last trading day'),
        usd: change.describe('Change of price in the quote'),
      })
      .optional()
      .describe('What a contract takes in its last days, in place of the nodes'),
    nodes: z
      .array(Node)
      .min(1)
      .refine(
        (nodes) => nodes.every((node, i) => i === 0 || nodes[i - 1].rank < node.rank),
        'nodes must ascend by rank',
      ),
  })

  const proxies = z.partialRecord(z.enum(PRODUCTS), z.enum(PRODUCTS))

  const head = {
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'a scenario is named in lower case letters, digits, "_" and "-"'),
    name: z.string().min(1).max(120),
  }

  const Historical = z.strictObject({
    ...head,
    kind: z.literal('historical'),
    from: Day,
    to: Day,
    basis: z.enum(BASES),
    shocks: z.partialRecord(z.enum(PRODUCTS), CurveShock),
    proxies: proxies.optional().describe('Besides those of the file'),
    vixPoints: z.number().optional().describe('What the VIX did meanwhile; for the record'),
    source: z.string().min(1).optional().describe('Where it differs from the source of the file'),
  })

  const target = {
    group: z.enum(GROUPS).optional(),
    product: z.enum(PRODUCTS).optional(),
  }

  const Factor = z
    .strictObject({
      ...target,
      spread: z.string().min(1).optional().describe('A spread of config/spreads.yaml'),
      fraction: change.optional().describe('Of each contract’s price'),
      usdPerBbl: change.optional(),
      usd: change.optional().describe('In the quote of the product'),
      tilt: z
        .strictObject({
          frontFraction: change.describe('At rank 1'),
          backFraction: change.describe('At backRank and beyond'),
          backRank: z.int().min(2).max(144).default(12),
        })
        .optional(),
    })
    .superRefine((factor, check) => {
      const targets = ['group', 'product', 'spread'] as const
      const sizes = ['fraction', 'usdPerBbl', 'usd', 'tilt'] as const
      const fail = (message: string): void => check.addIssue({ code: 'custom', path: [], message })
      if (targets.filter((key) => factor[key] !== undefined).length !== 1) fail('names one group, product or spread')
      if (sizes.filter((key) => factor[key] !== undefined).length !== 1) {
        fail('has one of fraction, usdPerBbl, usd and tilt')
      }
      if (factor.spread !== undefined && factor.usdPerBbl === undefined) fail('a spread moves by usdPerBbl')
      if (factor.usd !== undefined && factor.product === undefined) fail('usd is in the quote of one product')
    })

  const FactorScenario = z.strictObject({ ...head, kind: z.literal('factor'), factors: z.array(Factor).min(1).max(20) })

  const VolatilityScenario = z.strictObject({
    ...head,
    kind: z.literal('volatility'),
    multiplier: z.number().positive().max(100).describe('Of every volatility; correlations stay'),
  })

  const CorrelationScenario = z.strictObject({
    ...head,
    kind: z.literal('correlation'),
    correlation: z.number().min(0).max(1).describe('What every correlation between different contracts becomes'),
  })

  const DeliveryWindowScenario = z.strictObject({
    ...head,
    kind: z.literal('delivery-window'),
    shocks: z
      .partialRecord(
        z.enum(PRODUCTS),
        z
          .strictObject({ downUsd: change.negative(), upUsd: change.positive() })
          .describe('In the quote of the product'),
      )
      .describe('A long position takes the fall, a short one the rise'),
  })

  const Scenario = z.discriminatedUnion('kind', [
    Historical,
    FactorScenario,
    VolatilityScenario,
    CorrelationScenario,
    DeliveryWindowScenario,
  ])

  return z
    .strictObject({
      source: z.string().min(1).describe('Where the measured shocks come from'),
      proxies: proxies.describe('Whose shock a product takes where it has none of its own'),
      curveProxy: z.enum(PRODUCTS).describe('Whose decay along the curve a shock of the front month alone takes'),
      window: z.int().min(60).max(5000).default(500).describe('Days behind volatilities and correlations'),
      scenarios: z
        .array(Scenario)
        .min(1)
        .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'an id is used twice'),
    })
    .describe('Stress scenarios')
})

export type ScenariosConfig = z.output<(typeof section)['schema']>

export type ScenarioConfig = ScenariosConfig['scenarios'][number]
