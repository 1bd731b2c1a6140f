import { flags } from './flags.js'

const confidence = { min: 0.5, max: 0.99999 }

/** Flags of the commands that measure a book or columns of a price file. */
export const pnlFlags = {
  book: flags.book({
    summary: 'A book of config/portfolios, or a .yaml, .json or .csv file.',
    exactlyOne: ['book', 'prices'],
  }),
  prices: flags.file({ summary: 'A plain table: a date column and one column of prices a name.' }),
  position: flags.string({
    helpValue: 'COLUMN=LOTS',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Lots held of a column of --prices; negative is sold.',
    dependsOn: ['prices'],
  }),
  multiplier: flags.string({
    helpValue: 'COLUMN=N',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'USD per 1.00 of price and lot of a column; 1 by default.',
    dependsOn: ['prices'],
  }),
  in: flags.choice({
    options: ['usd', 'returns'] as const,
    default: 'usd',
    summary: 'returns: one column of --prices, its returns being the P&L.',
  })(),
  mode: flags.choice({
    options: ['diff', 'simple', 'log'] as const,
    default: 'diff',
    summary: 'How a past price change becomes P&L today; only diff is right through prices at or below zero.',
  })(),
  history: flags.choice({
    options: ['rank', 'contract'] as const,
    default: 'rank',
    summary: 'Whose past a position of a book has: that of its rank, or of the very contract.',
  })(),
  confidence: flags.number({
    ...confidence,
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Probability of a smaller loss; may be repeated.',
  }),
  'zero-mean': flags.boolean({ summary: 'Take the mean of P&L as zero.' }),
  quantile: flags.choice({
    options: [
      'linear',
      'lower',
      'higher',
      'inverted-cdf',
      'hazen',
      'weibull',
      'median-unbiased',
      'normal-unbiased',
    ] as const,
    default: 'linear',
    summary: 'How a sample’s quantile lies between its values; linear is type 7.',
  })(),
  lambda: flags.number({ min: 0.5, max: 0.9999, default: 0.94, summary: 'Decay of ewma and hull-white.' }),
  'age-decay': flags.number({ min: 0.8, max: 0.9999, default: 0.98, summary: 'Decay of age-weighted.' }),
  'age-interpolation': flags.choice({
    options: ['step', 'linear'] as const,
    default: 'step',
    summary: 'VaR of age-weighted: the loss at which the weights reach p, or between it and the one before.',
  })(),
  'tail-mean': flags.choice({
    options: ['acerbi-tasche', 'beyond-var'] as const,
    default: 'acerbi-tasche',
    summary: 'ES of historical and hull-white: the worst n·p days by fraction, or all days at or beyond VaR.',
  })(),
  'evt-threshold': flags.number({
    min: 0.5,
    max: 0.99,
    default: 0.95,
    summary: 'Quantile of losses where evt starts.',
  }),
}
