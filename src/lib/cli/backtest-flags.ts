import { flags } from './flags.js'
import { sizingFlags } from './sizing-flags.js'

/** Flags of the commands that run a strategy over the past: what is traded, with what capital, at what costs, by which orders. */
export const backtestFlags = {
  prices: flags.file({ summary: 'Bars from a file (date, open, high, low, close) and not from the lake.' }),
  basis: flags.choice({
    options: ['auto', 'bars', 'settlements'] as const,
    default: 'auto',
    summary: 'Bars of the lake, or settlements joined by difference; auto joins a product.',
  })(),
  roll: flags.string({
    default: 'calendar:5',
    helpValue: 'RULE',
    summary: 'When joined settlements move on: calendar:N, fixed-day:N, open-interest or volume.',
  }),
  lots: flags.integer({ min: 1, max: 1_000_000, default: 1, summary: 'Size of a full position, under fixed sizing.' }),
  ...sizingFlags,
  multiplier: flags.number({
    min: 1e-9,
    summary: 'USD per lot and unit of price; by default the instrument’s, else 1.',
  }),
  'initial-capital': flags.number({ min: 0, default: 1_000_000, summary: 'USD.' }),
  'initial-margin-usd': flags.number({ min: 0, default: 0, summary: 'Per lot; capital must cover it.' }),
  'maintenance-margin-usd': flags.number({
    min: 0,
    default: 0,
    summary: 'Per lot; equity below it at a close ends the run.',
  }),
  'commission-usd': flags.number({ min: 0, default: 0, summary: 'Per lot and side.' }),
  slippage: flags.number({ min: 0, default: 0, summary: 'Price units (USD/bbl) a unit, adverse.' }),
  'slippage-ticks': flags.number({ min: 0, default: 0, summary: 'Ticks a unit, adverse.' }),
  'slippage-fraction': flags.number({ min: 0, max: 1, default: 0, summary: 'Fraction of |price| a unit, adverse.' }),
  fill: flags.choice({
    options: ['next-open', 'next-close'] as const,
    default: 'next-open',
    summary: 'When a decision is traded.',
  })(),
  'stop-loss': flags.number({ min: 1e-9, summary: 'Stop order so many price units from the entry.' }),
  'take-profit': flags.number({ min: 1e-9, summary: 'Limit order so many price units from the entry.' }),
  'trailing-stop': flags.number({ min: 1e-9, summary: 'Stop order so many price units behind the best close.' }),
  intrabar: flags.choice({
    options: ['worst', 'best'] as const,
    default: 'worst',
    summary: 'Which comes first where a bar touches stop and limit.',
  })(),
}

/** `--assert "sharpe>=0.5"`, in every command whose answer has numbers by name. */
export const assertFlag = flags.string({
  multiple: true,
  multipleNonGreedy: true,
  helpValue: '"NAME>=X"',
  summary: 'Exit 10 where it does not hold; may be repeated.',
})
