import { flags } from './flags.js'

/** What fills cost, in every command that runs a strategy. Nothing costs anything unless it is said. */
export const costFlags = {
  costs: flags.string({
    helpValue: 'config|FILE',
    summary: 'Costs by product: those of config/execution.yaml, or of a file of that form. Flags win over them.',
  }),
  'commission-usd': flags.number({ min: 0, summary: 'Per lot and side.' }),
  'exchange-fee-usd': flags.number({ min: 0, summary: 'Per lot and side, beside the commission.' }),
  'commission-fraction': flags.number({ min: 0, max: 1, summary: 'Commission as a fraction of |notional|.' }),
  'commission-tiers': flags.string({
    helpValue: 'LOTS:USD,…',
    summary: 'Commission per lot by the lots of the period: 100:2.5,1000:2,1.5; each rate for its slice.',
  }),
  'tier-reset': flags.choice({
    options: ['day', 'month'] as const,
    summary: 'When the lots of --commission-tiers begin anew; month by default.',
  })(),
  slippage: flags.number({ min: 0, summary: 'Price units (USD/bbl) a unit, adverse.' }),
  'slippage-ticks': flags.number({ min: 0, summary: 'Ticks a unit, adverse.' }),
  'slippage-fraction': flags.number({ min: 0, max: 1, summary: 'Fraction of |price| a unit, adverse.' }),
  'slippage-volatility': flags.number({
    min: 0,
    max: 10,
    summary: 'Standard deviations of a bar’s change (20 bars before the fill) a unit, adverse.',
  }),
  'bid-ask': flags.number({ min: 0, summary: 'Price units between bid and ask: a fill pays half.' }),
  impact: flags.number({
    min: 0,
    max: 100,
    summary: 'Y of the square-root law: Y × deviation × √(lots ÷ volume) in price units; 1 is usual.',
  }),
  'daily-volume': flags.number({
    min: 1e-9,
    summary: 'Lots a bar where the data has no volume, for --impact and --max-volume-share.',
  }),
}
