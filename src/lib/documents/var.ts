import { z } from 'zod'

const usd = (what: string): z.ZodNumber => z.number().describe(`${what}, in \`unit\``)

export const VarResult = z
  .strictObject({
    method: z.string().describe('normal, student-t, cornish-fisher, ewma, garch, gjr-garch, historical, …'),
    confidence: z.number().describe('Probability of a smaller loss: 0.95'),
    horizonDays: z.int().describe('Trading days ahead'),
    varUsd: z.number().nullable().describe('Loss not exceeded with `confidence`, in `unit`; losses positive'),
    esUsd: z
      .number()
      .nullable()
      .describe('Mean loss beyond VaR, in `unit`; null where it is infinite or the method failed'),
    varPercent: z.number().nullable().describe('VaR in per cent of gross notional; null in return space'),
    esPercent: z.number().nullable().describe('ES in per cent of gross notional; null in return space'),
    varStandardErrorUsd: z
      .number()
      .nullable()
      .describe('Standard error of VaR where the method draws random numbers; null elsewhere'),
    esStandardErrorUsd: z
      .number()
      .nullable()
      .describe('Standard error of ES where the method draws random numbers; null elsewhere'),
    scaling: z.string().nullable().describe('How one day became the horizon'),
    fit: z
      .record(z.string(), z.number())
      .nullable()
      .describe(
        'Fitted parameters. garch and gjr-garch: mu, omega, alpha, gamma, beta, logLikelihood on per-cent returns; student-t: location, scale, nu; evt: xi, beta, thresholdUsd, excesses, hillXi',
      ),
    notes: z.array(z.string()).describe('What a reader of the figure must know'),
    error: z
      .strictObject({ code: z.string().describe('Stable code'), message: z.string().describe('What failed') })
      .nullable()
      .describe('Why there is no figure; null where there is one'),
  })
  .describe('One method at one confidence')
export type VarResult = z.infer<typeof VarResult>

export const VarComponent = z
  .strictObject({
    position: z.string().describe('Position of the book, or column of the price file'),
    exposureUsd: z.number().describe('lots × multiplier × last price, USD, signed'),
    marginal: z
      .number()
      .nullable()
      .describe('VaR in USD that one more USD of signed exposure adds; null where the exposure is zero'),
    componentUsd: z.number().describe('Share of the normal VaR, USD; the components add up to it'),
    incrementalUsd: z.number().describe('VaR minus VaR without the position, USD; negative for a hedge'),
    standaloneUsd: z.number().describe('VaR of the position alone, USD'),
    tailLossUsd: z
      .number()
      .describe('Mean loss of the position on the days of the historical tail, USD; they add up to historical ES'),
  })
  .describe('What one position contributes')
export type VarComponent = z.infer<typeof VarComponent>

export const VarGroup = z
  .strictObject({
    by: z.string().describe('instrument, tenor or strategy'),
    group: z.string().describe('CL, 0-3 months, crack …'),
    positions: z.int().describe('Positions in the group'),
    componentUsd: z.number().describe('Sum of their components, USD'),
    tailLossUsd: z.number().describe('Sum of their mean losses in the historical tail, USD'),
  })
  .describe('Components of positions that belong together')
export type VarGroup = z.infer<typeof VarGroup>

const Diagnostics = z
  .strictObject({
    mean: usd('Mean daily P&L'),
    sd: usd('Standard deviation of daily P&L, divisor n − 1'),
    skewness: z.number().describe('m₃ ÷ m₂^1.5, divisor n'),
    excessKurtosis: z.number().describe('m₄ ÷ m₂² − 3, divisor n'),
    skewnessAdjusted: z.number().nullable().describe('skewness·√(n(n − 1)) ÷ (n − 2); null below 3 values'),
    excessKurtosisAdjusted: z
      .number()
      .nullable()
      .describe('((n + 1)·excessKurtosis + 6)·(n − 1) ÷ ((n − 2)(n − 3)); null below 4 values'),
    worst: usd('Lowest daily P&L'),
    worstDay: z.string().describe('Its day, YYYY-MM-DD'),
    best: usd('Highest daily P&L'),
    autocorrelation: z.array(z.number()).describe('Of P&L at lags 1 to 10'),
    partialAutocorrelation: z.array(z.number()).describe('Of P&L at lags 1 to 10'),
    arch: z
      .strictObject({ lags: z.int(), statistic: z.number(), p: z.number() })
      .nullable()
      .describe('Engle’s test of squares on 5 squares before; a small p speaks for garch; null for a short sample'),
    jarqueBera: z
      .strictObject({ statistic: z.number().describe('n/6·(S² + K²/4)'), p: z.number().describe('χ²(2)') })
      .describe('Is P&L normal? A small p says no'),
    ljungBox: z
      .strictObject({ lags: z.int(), statistic: z.number(), p: z.number() })
      .describe('Is P&L autocorrelated? A small p says that √h understates or overstates a horizon'),
    ljungBoxSquared: z
      .strictObject({ lags: z.int(), statistic: z.number(), p: z.number() })
      .describe('Does volatility cluster? A small p speaks for garch, ewma, hull-white, fhs'),
  })
  .describe('The P&L that the methods look at')

export const VarData = z
  .strictObject({
    source: z.enum(['book', 'prices']).describe('Where the positions came from'),
    name: z.string().describe('Name of the book or of the price file'),
    unit: z.enum(['USD', 'return']).describe('Unit of every VaR and ES: USD, or a fraction under --in returns'),
    mode: z.enum(['diff', 'simple', 'log']).describe('How a past price change becomes P&L today'),
    observations: z.int().describe('Daily P&L values'),
    from: z.string().describe('Day of the first of them, YYYY-MM-DD'),
    to: z.string().describe('Day of the last of them, YYYY-MM-DD'),
    grossNotionalUsd: z.number().describe('Σ|lots × multiplier × price|, USD'),
    netNotionalUsd: z.number().describe('Σ lots × multiplier × price, USD'),
    zeroMean: z.boolean().describe('The mean was dropped'),
    results: z.array(VarResult),
    decomposition: z
      .strictObject({
        method: z.literal('normal').describe('Covariance of the P&L vectors, divisor n − 1'),
        confidence: z.number().describe('The first that was asked for'),
        horizonDays: z.int().describe('Trading days ahead'),
        varUsd: z.number().describe('Normal VaR, USD: the sum of the components'),
        undiversifiedUsd: z.number().describe('Sum of the positions’ own VaR, USD'),
        diversificationUsd: z.number().describe('Undiversified minus VaR, USD'),
        groups: z
          .array(VarGroup)
          .describe('Components by instrument, tenor bucket and strategy; empty for a price file'),
      })
      .nullable()
      .describe('VaR taken apart; null in return space'),
    stressed: z
      .strictObject({
        from: z.string().describe('--stress-from, YYYY-MM-DD'),
        to: z.string().describe('--stress-to, YYYY-MM-DD'),
        observations: z.int().describe('Daily P&L values in the period'),
        results: z.array(VarResult),
        reason: z.string().nullable().describe('Why there is none: history does not reach the period'),
      })
      .describe('The same positions and methods over a hard period'),
    components: z.array(VarComponent).describe('Of `decomposition`, in the order of the book'),
    stalePositions: z
      .array(
        z.strictObject({
          position: z.string(),
          lastSettlement: z.string().describe('YYYY-MM-DD; its price stands in'),
        }),
      )
      .describe('Positions whose contract did not settle on the date of the answer; empty for a price file'),
    diagnostics: Diagnostics,
    limit: z
      .strictObject({
        limitUsd: z.number().describe('--limit-usd'),
        breaches: z.array(z.strictObject({ method: z.string(), confidence: z.number(), varUsd: z.number() })),
      })
      .nullable()
      .describe('Which figures exceed --limit-usd; null where none was given'),
  })
  .describe('Value at risk and expected shortfall of a book or of columns of a price file')
export type VarData = z.infer<typeof VarData>
