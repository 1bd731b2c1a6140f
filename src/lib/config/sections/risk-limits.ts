import { z } from 'zod'
import { PRODUCTS, type Product } from '../../market/instrument.js'
import { defineSection } from '../define-section.js'

/** `MAX_WTI_CONTRACTS` and its likes. */
const LOTS_VARIABLES: Readonly<Record<Product, string>> = {
  CL: 'MAX_WTI_CONTRACTS',
  BRN: 'MAX_BRENT_CONTRACTS',
  BZ: 'MAX_BRENT_CME_CONTRACTS',
  RB: 'MAX_RBOB_CONTRACTS',
  HO: 'MAX_HEATING_OIL_CONTRACTS',
  LGO: 'MAX_GASOIL_CONTRACTS',
  NG: 'MAX_NATGAS_CONTRACTS',
  DBI: 'MAX_DUBAI_CONTRACTS',
}

export const section = defineSection(
  'riskLimits',
  'risk_limits.yaml',
  () => {
    const usd = z.number().positive()

    const fraction = z.number().positive().max(10)

    const InstrumentLimits = z.strictObject({
      lots: z.number().nonnegative().optional().describe('Most lots, long or short, net over all months; 0 forbids'),
      notionalUsd: z.number().nonnegative().optional().describe('Most net notional, USD; 0 forbids'),
    })

    return z
      .strictObject({
        warningFraction: z.number().positive().max(1).default(0.8).describe('Utilisation from which a limit warns'),
        criticalFraction: z.number().positive().max(1).default(0.95).describe('Utilisation from which it is critical'),
        breachFraction: z.number().positive().max(10).default(1).describe('Utilisation above which it is breached'),
        varUsd: usd.optional().describe('95 % one-day value at risk, USD'),
        varMethod: z.enum(['normal', 'historical']).default('historical').describe('How that VaR is measured'),
        varWindow: z.int().min(60).max(5000).default(500).describe('Days of that VaR'),
        grossExposureUsd: usd.optional().describe('Σ|notional|, USD'),
        netExposureUsd: usd.optional().describe('|Σ notional|, USD'),
        leverage: z.number().positive().optional().describe('Gross exposure ÷ capital'),
        marginToCapital: fraction.optional().describe('Initial margin ÷ capital'),
        drawdown: z
          .strictObject({
            daily: fraction.optional().describe('Fall of the book over 1 day, fraction of capital'),
            weekly: fraction.optional().describe('Over 5 days'),
            monthly: fraction.optional().describe('Over 21 days'),
          })
          .default({}),
        concentration: z
          .strictObject({
            instrument: fraction.optional().describe('Gross notional of one product ÷ gross of the book'),
            crudeGroup: fraction.optional().describe('Gross notional of crude ÷ gross of the book'),
            strategy: fraction.optional().describe('Gross notional of one strategy ÷ gross of the book'),
          })
          .default({}),
        instruments: z.partialRecord(z.enum(PRODUCTS), InstrumentLimits).default({}),
      })
      .refine(({ warningFraction, criticalFraction }) => warningFraction <= criticalFraction, {
        path: ['criticalFraction'],
        error: 'lies below warningFraction',
      })
      .describe('What a book may not exceed')
  },
  [
    { variable: 'MAX_VAR_LIMIT', path: ['varUsd'] },
    { variable: 'MAX_GROSS_EXPOSURE', path: ['grossExposureUsd'] },
    { variable: 'MAX_NET_EXPOSURE', path: ['netExposureUsd'] },
    { variable: 'MAX_LEVERAGE', path: ['leverage'] },
    { variable: 'MAX_MARGIN_TO_CAPITAL', path: ['marginToCapital'] },
    { variable: 'MAX_DRAWDOWN_DAILY', path: ['drawdown', 'daily'] },
    { variable: 'MAX_DRAWDOWN_WEEKLY', path: ['drawdown', 'weekly'] },
    { variable: 'MAX_DRAWDOWN_MONTHLY', path: ['drawdown', 'monthly'] },
    { variable: 'MAX_CONCENTRATION_INSTRUMENT', path: ['concentration', 'instrument'] },
    { variable: 'MAX_CONCENTRATION_CRUDE', path: ['concentration', 'crudeGroup'] },
    { variable: 'MAX_CONCENTRATION_STRATEGY', path: ['concentration', 'strategy'] },
    ...PRODUCTS.map((product) => ({ variable: LOTS_VARIABLES[product], path: ['instruments', product, 'lots'] })),
  ],
)
