import { flags } from './flags.js'

/** The orders that a decision becomes, in every command that runs a strategy. */
export const orderFlags = {
  fill: flags.choice({
    options: ['next-open', 'next-close', 'same-close'] as const,
    default: 'next-open',
    summary: 'When a market order is filled; same-close is the close decided on, which no trader gets.',
  })(),
  entry: flags.choice({
    options: ['market', 'market-on-close', 'limit', 'stop', 'stop-limit'] as const,
    default: 'market',
    summary: 'Order that opens a position; what takes one out goes at the market.',
  })(),
  'entry-offset': flags.number({
    min: 0,
    default: 0,
    summary: 'Price units from the close decided on: a limit so much better, a stop so much worse.',
  }),
  'entry-limit-offset': flags.number({
    min: 0,
    default: 0,
    summary: 'Price units beyond its stop at which a stop-limit no longer fills.',
  }),
  'time-in-force': flags.string({
    default: 'gtc',
    helpValue: 'day|gtc|gtd:N',
    summary: 'How long an entry works: a session, until cancelled, or N calendar days.',
  }),
  renew: flags.boolean({
    summary: 'Place an entry that has expired anew, from the close it expired at, while the strategy still wants it.',
  }),
  'max-volume-share': flags.number({
    min: 1e-9,
    max: 1,
    summary: 'Largest part of a bar’s volume that is filled in it; the rest waits as --time-in-force says.',
  }),
  'stop-loss': flags.number({ min: 1e-9, summary: 'Stop order so many price units from the entry.' }),
  'take-profit': flags.number({ min: 1e-9, summary: 'Limit order so many price units from the entry.' }),
  'trailing-stop': flags.number({ min: 1e-9, summary: 'Stop order so many price units behind the best close.' }),
  intrabar: flags.choice({
    options: ['worst', 'best'] as const,
    default: 'worst',
    summary: 'Which path inside a bar is taken where two of them fill differently.',
  })(),
}
