import { costFlags } from './cost-flags.js'
import { flags } from './flags.js'
import { orderFlags } from './order-flags.js'
import { sizingFlags } from './sizing-flags.js'

/** Flags of the commands that run a strategy over the past: what is traded, with what capital, at what costs, by which orders. */
export const backtestFlags = {
  prices: flags.file({ summary: 'Bars from a file (date, open, high, low, close) and not from the lake.' }),
  basis: flags.choice({
    options: ['auto', 'bars', 'settlements'] as const,
    default: 'auto',
    summary: 'Bars of the lake as delivered, or contracts at their settlements; auto takes contracts for a product.',
  })(),
  roll: flags.string({
    default: 'calendar:5',
    helpValue: 'RULE',
    summary: 'When a position moves to the next contract: calendar:N, fixed-day:N, open-interest or volume.',
  }),
  from: flags.date({ summary: 'First day that is read; --as-of is the last.' }),
  lots: flags.integer({ min: 1, max: 1_000_000, default: 1, summary: 'Size of a full position, under fixed sizing.' }),
  ...sizingFlags,
  multiplier: flags.number({
    min: 1e-9,
    summary: 'USD per lot and unit of price; by default the instrument’s, else 1.',
  }),
  'initial-capital': flags.number({ min: 0, default: 1_000_000, summary: 'USD.' }),
  'bars-per-year': flags.number({
    min: 1e-3,
    max: 1e8,
    summary: 'By which figures are annualised; by default what the bars say: 252 of a day each.',
  }),
  'initial-margin-usd': flags.number({
    min: 0,
    summary: 'Per lot; capital must cover it, and equity what is opened. By default that of config/margins.yaml.',
  }),
  'maintenance-margin-usd': flags.number({
    min: 0,
    summary: 'Per lot; equity below it at a close ends the run. By default that of config/margins.yaml.',
  }),
  'spread-credit': flags.number({
    min: 0,
    max: 1,
    summary: 'Share of the legs’ margins that is given back for a spread; by default that of config/margins.yaml.',
  }),
  ...costFlags,
  ...orderFlags,
}

/** Flags of the commands whose answer makes a page. */
export const pageFlags = {
  report: flags.file({ summary: 'Write one HTML page with tables and pictures (.html).' }),
  charts: flags.string({ helpValue: 'DIR', summary: 'Write every picture as PNG into this folder.' }),
}

/** Flags of the commands that draw a back-test. */
export const backtestPictureFlags = {
  ...pageFlags,
  panel: flags.choice({
    options: ['equity', 'monthly', 'rolling-sharpe', 'trades', 'costs', 'cone'] as const,
    default: 'equity',
    summary: 'Which picture --chart draws.',
  })(),
}

/** `--assert "sharpe>=0.5"`, in every command whose answer has numbers by name. */
export const assertFlag = flags.string({
  multiple: true,
  multipleNonGreedy: true,
  helpValue: '"NAME>=X"',
  summary: 'Exit 10 where it does not hold; may be repeated.',
})
