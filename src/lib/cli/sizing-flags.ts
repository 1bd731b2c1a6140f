import { flags } from './flags.js'

/** How targets become lots, in every command that runs a strategy. */
export const sizingFlags = {
  sizing: flags.choice({
    options: ['fixed', 'fraction', 'vol-target', 'atr'] as const,
    summary: 'How large a full position is; by default the strategy’s own rule, else fixed --lots.',
  })(),
  'equity-fraction': flags.number({
    min: 1e-6,
    max: 100,
    summary: 'fraction: notional, or loss at --stop-loss, to equity (1 of notional, 0.01 at risk); atr: loss (0.01).',
  }),
  'fraction-of': flags.choice({
    options: ['notional', 'risk'] as const,
    summary: 'fraction: of what, notional by default; risk is the loss at --stop-loss.',
  })(),
  'target-vol': flags.number({
    min: 1e-6,
    max: 10,
    summary: 'vol-target: annual volatility to equity, 0.15 by default.',
  }),
  'atr-multiple': flags.number({
    min: 1e-6,
    max: 1000,
    summary: 'atr: true ranges that the loss spans, 2 by default.',
  }),
  'sizing-window': flags.integer({
    min: 2,
    max: 10_000,
    summary: 'Bars that size looks back: notional 20, vol-target 60, atr 20 by default.',
  }),
  'max-lots': flags.integer({ min: 1, max: 1_000_000, summary: 'No position beyond it.' }),
  'max-leverage': flags.number({
    min: 1e-6,
    summary: '|Notional| to equity that no position exceeds; 10 by default, none under fixed.',
  }),
  resize: flags.choice({
    options: ['change', 'bar'] as const,
    summary: 'Decide the size when the target changes, or at each close; bar by default under vol-target.',
  })(),
  'resize-band': flags.number({
    min: 0,
    max: 10,
    summary: 'Under --resize bar: smaller changes of size, to the lots held, are not traded; 0.1 by default.',
  }),
}
