import { z } from 'zod'
import { backtestBreakdown } from './parts/backtest-breakdown.js'

const Usd = (words: string): z.ZodNumber => z.number().describe(`${words}, USD`)

export const BacktestTrade = z.strictObject({
  side: z.enum(['long', 'short']),
  lots: z.number().describe('Lots closed, positive'),
  entry: z.string().describe('Date or time of the entry bar'),
  exit: z.string().describe('Date or time of the exit bar'),
  entryBar: z.int().describe('0 is the first bar'),
  exitBar: z.int(),
  entryPrice: z.number().describe('Paid, slippage and all; the average where lots were added'),
  exitPrice: z.number().describe('Paid, slippage and all'),
  grossUsd: Usd('Before commission, after slippage'),
  commissionUsd: Usd('Of entry and exit, and the cost of rolls between them'),
  netUsd: Usd('grossUsd − commissionUsd'),
  worstUsd: Usd('Farthest open loss by highs and lows, ≤ 0'),
  bestUsd: Usd('Farthest open profit by highs and lows, ≥ 0'),
})
export type BacktestTrade = z.infer<typeof BacktestTrade>

export const BacktestData = z
  .strictObject({
    strategy: z.strictObject({
      name: z.string(),
      rule: z.string().describe('As it is computed'),
      parameters: z.record(z.string(), z.union([z.number(), z.string()])).describe('Every one, with its default'),
      firstDecisionBar: z.int().describe('Index of the first bar on whose close a decision is made'),
    }),
    instrument: z.string().nullable().describe('Product or symbol; null where a file of prices was given without one'),
    series: z.string().describe('What the prices are: a file, bars of the lake, or how a continuous series was made'),
    bars: z.int(),
    first: z.string().describe('Date or time of the first bar'),
    last: z.string().describe('Date or time of the last bar'),
    settings: z.strictObject({
      lots: z.number().describe('Of a full position under fixed sizing'),
      multiplier: z.number().describe('USD per lot and unit of price'),
      initialCapitalUsd: Usd('Capital at the start'),
      commissionUsdPerLot: Usd('Per lot and side'),
      slippagePrice: z.number().describe('Price units a unit, adverse'),
      slippageFraction: z.number().describe('Fraction of |price| a unit, adverse'),
      fill: z.string().describe('next-open or next-close'),
      stopLoss: z.number().nullable().describe('Price units from the entry'),
      takeProfit: z.number().nullable().describe('Price units from the entry'),
      trailingStop: z.number().nullable().describe('Price units behind the best close'),
      intrabar: z.string().describe('Which comes first where a bar touches stop and limit'),
    }),
    sizing: z
      .strictObject({
        kind: z.enum(['fixed', 'fraction', 'vol-target', 'atr']),
        formula: z.string().describe('Lots of a target, as computed at the close of the decision'),
        maxLots: z.number().nullable().describe('No position beyond it; null for no such limit'),
        maxLeverage: z.number().nullable().describe('|Notional| to equity; null for no such limit'),
        marginUsdPerLot: z.number().nullable().describe('Equity covers it for each lot; null for no such limit'),
        resize: z.enum(['change', 'bar']).describe('When a size is decided: as the target changes, or at each close'),
        resizeBand: z.number().nullable().describe('Smaller changes of size are not traded; null under change'),
        cappedDecisions: z.int().describe('Decisions that a limit cut'),
        largestLots: z.number().describe('Most lots held at a close'),
      })
      .describe('How targets became lots'),
    equity: z.strictObject({
      initial: Usd('At the start'),
      final: Usd('At the close of the last bar, the open position marked'),
      min: Usd('Lowest at a close'),
      max: Usd('Highest at a close'),
    }),
    trades: z.strictObject({
      count: z.int().describe('Closed round trips'),
      last: z.array(BacktestTrade).describe('The last of them, 10 at most; --trades FILE writes all'),
    }),
    fills: z.strictObject({ count: z.int().describe('Without those of rolls') }),
    rolls: z.strictObject({ count: z.int().describe('Times that a position moved to the next contract') }),
    openPosition: z
      .strictObject({
        lots: z.number().describe('Negative short'),
        entryPrice: z.number(),
        entry: z.string(),
        profitUsd: Usd('At the last close, before commission'),
      })
      .nullable()
      .describe('Still held after the last bar, marked and not closed; null when flat'),
    costs: z
      .strictObject({
        commissionUsd: Usd('Of every fill but those of rolls'),
        slippageUsd: Usd('Of every fill but those of rolls'),
        impactUsd: Usd('Market impact; no model is built, always 0'),
        rollUsd: Usd('Of rolls: commission and slippage of two fills a lot each'),
        totalUsd: Usd('Sum of the four: grossProfitUsd − netProfitUsd'),
        grossProfitUsd: Usd('At the prices before slippage, without commission'),
        netProfitUsd: Usd('Final − initial equity'),
      })
      .describe('What trading cost'),
    metrics: z
      .record(z.string(), z.number().nullable())
      .describe('By name; `conventions` says how each is computed; null where it is undefined'),
    conventions: z
      .record(z.string(), z.string())
      .describe('Name of a metric, or of a rule of the run → its convention'),
    drawdowns: z
      .array(
        z.strictObject({
          peak: z.string().nullable().describe('Date of the peak; null for the initial capital'),
          trough: z.string(),
          recovery: z.string().nullable().describe('null while it lasts'),
          depth: z.number().describe('Fraction of the peak, negative'),
          depthUsd: Usd('Negative'),
          bars: z.int().describe('From the peak to the recovery or to the last bar'),
        }),
      )
      .describe('The five deepest'),
    ...backtestBreakdown,
    ambiguousBars: z.int().describe('Bars on which stop and limit were both touched, so that --intrabar decided'),
    ruin: z
      .strictObject({ date: z.string(), equityUsd: Usd('At that close') })
      .nullable()
      .describe('Where equity fell to zero or below the maintenance margin and the run stopped'),
    lookAhead: z
      .strictObject({
        checkedBars: z.array(z.string()).describe('Cut dates'),
        recomputedShare: z.number().describe('Bars recomputed, as a fraction of all; at most 0.2'),
      })
      .describe('The past recomputed with the future cut off came out the same on these dates'),
    assertions: z.array(
      z.strictObject({
        assertion: z.string(),
        value: z.number().nullable(),
        holds: z.boolean().describe('false for a metric that is undefined'),
      }),
    ),
  })
  .describe('One back-test')
export type BacktestData = z.infer<typeof BacktestData>
