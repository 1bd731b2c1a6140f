import { z } from 'zod'
import { AccountSettingsDocument, costModelDocument } from './parts/account-settings-document.js'
import { backtestBreakdown } from './parts/backtest-breakdown.js'

const Usd = (words: string): z.ZodNumber => z.number().describe(`${words}, USD`)

export const BacktestTrade = z.strictObject({
  side: z.enum(['long', 'short']),
  instrument: z.string(),
  lots: z.number().describe('Lots closed, positive'),
  entry: z.string().describe('Date or time of the entry bar'),
  exit: z.string().describe('Date or time of the exit bar'),
  entryBar: z.int().describe('0 is the first bar'),
  exitBar: z.int(),
  entryPrice: z.number().describe('Paid, slippage and all; the average where lots were added'),
  exitPrice: z.number().describe('Paid, slippage and all'),
  entryContract: z.string().nullable().describe('Of the first leg; null where prices are of no contract'),
  exitContract: z.string().nullable(),
  rolls: z.int().describe('Times that it moved to the next contract'),
  grossUsd: Usd('Before commission, after slippage, over every contract it was held in: a roll gap is no part of it'),
  commissionUsd: Usd('Of entry, exit and the rolls between them'),
  netUsd: Usd('grossUsd − commissionUsd'),
  worstUsd: Usd('Farthest open loss by highs and lows, ≤ 0'),
  bestUsd: Usd('Farthest open profit by highs and lows, ≥ 0'),
  tag: z.string().nullable().describe('Of the decision that opened it; null where the strategy gave none'),
  volatility: z
    .string()
    .nullable()
    .describe('low, middle or high: third of the volatility before the bar of entry; null where it is not known'),
  curve: z
    .string()
    .nullable()
    .describe('contango, backwardation or level at the settlement before the bar of entry; null where it is not known'),
})
export type BacktestTrade = z.infer<typeof BacktestTrade>

const OpenPosition = z
  .strictObject({
    lots: z.number().describe('Negative short'),
    entryPrice: z.number().describe('In the contracts that were entered'),
    entry: z.string(),
    profitUsd: Usd('At the last close, over every contract it was held in, before commission'),
  })
  .nullable()
  .describe('Still held after the last bar, marked and not closed; null when flat')

export const BacktestData = z
  .strictObject({
    strategy: z.strictObject({
      name: z.string(),
      rule: z.string().describe('As it is computed'),
      parameters: z.record(z.string(), z.union([z.number(), z.string()])).describe('Every one, with its default'),
      firstDecisionBar: z.int().describe('Index of the first bar on whose close a decision is made'),
    }),
    instrument: z
      .string()
      .nullable()
      .describe(
        'Products, spreads, contracts or symbols, with commas between; null where a file of prices was given without one',
      ),
    series: z.string().describe('What the prices are: a file, bars of the lake, or how a continuous series was made'),
    bars: z.int().describe('Of the run: a ruined one ends early'),
    first: z.string().describe('Date or time of the first bar'),
    last: z.string().describe('Date or time of the last bar of the run'),
    settings: AccountSettingsDocument,
    instruments: z
      .array(
        z.strictObject({
          name: z.string(),
          series: z.string().describe('What its prices are'),
          multiplier: z.number().describe('USD per lot and unit of its price'),
          legs: z.array(
            z.strictObject({
              name: z.string(),
              lots: z.number().describe('Contracts for one lot of the instrument, negative sold'),
              multiplier: z.number().describe('USD per contract and unit of its price'),
              weight: z.number().describe('The instrument’s price is the sum of weight × price'),
              costs: z.strictObject(costModelDocument).describe('With ticks turned into its price'),
            }),
          ),
          margin: z.strictObject({
            words: z.string(),
            initialUsd: z.number().nullable().describe('Per lot on the last bar, USD; null for none'),
            maintenanceUsd: z.number().nullable().describe('Per lot on the last bar, USD; null for none'),
            spreadCredit: z.number().describe('Share of the legs’ margins that is given back'),
          }),
          session: z
            .strictObject({
              zone: z.string().describe('IANA time zone of the exchange'),
              open: z.string().describe('HH:MM; after the close: the evening belongs to the next date'),
              close: z.string(),
            })
            .nullable()
            .describe('Clock by which bars within a day belong to a session; null for bars of a day, or UTC dates'),
          openPosition: OpenPosition,
        }),
      )
      .describe('One account trades them all'),
    sizing: z
      .strictObject({
        kind: z.enum(['fixed', 'fraction', 'vol-target', 'atr']),
        formula: z.string().describe('Lots of a target, as computed at the close of the decision'),
        maxLots: z.number().nullable().describe('No position beyond it; null for no such limit'),
        maxLeverage: z.number().nullable().describe('|Notional| to equity; null for no such limit'),
        withinMargin: z
          .boolean()
          .describe('Cut to what equity covers the initial margin of; false: an order beyond it is rejected'),
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
    fills: z.strictObject({
      count: z.int().describe('Of legs, those of rolls too'),
      rollCount: z.int().describe('Two a leg and roll'),
    }),
    rolls: z.strictObject({ count: z.int().describe('Times that a position moved to the next contract') }),
    openPosition: OpenPosition.describe(
      'Of the first instrument: still held after the last bar, marked and not closed',
    ),
    capacity: z
      .array(
        z.strictObject({
          lots: z.int().describe('Size of a full position'),
          initialCapitalUsd: Usd('In proportion to the lots'),
          grossProfitUsd: Usd('At the prices before slippage and impact, without commission'),
          netProfitUsd: Usd('Final − initial equity'),
          netProfitPerLotUsd: Usd('netProfitUsd ÷ lots'),
          sharpe: z.number().nullable(),
          commissionUsd: Usd('As in `costs`'),
          slippageUsd: Usd('As in `costs`'),
          impactUsd: Usd('As in `costs`'),
          rollUsd: Usd('As in `costs`'),
          totalUsd: Usd('Sum of the four'),
          ruined: z.boolean().describe('The run ended in ruin'),
        }),
      )
      .nullable()
      .describe('The same run at other sizes; null unless --capacity asks for it'),
    orders: z
      .strictObject({
        placed: z.int(),
        filled: z.int().describe('Whole'),
        partialFills: z.int().describe('Fills of a part of an order'),
        cancelled: z.int(),
        expired: z.int(),
        rejected: z.int().describe('Margin that was not there, or a contract that had expired'),
        rejectedExpired: z.int().describe('Those of a contract that had expired'),
      })
      .describe('Of decisions; those that guard a position are not counted'),
    attribution: z
      .strictObject({
        frontUsd: Usd('grossProfitUsd − rollYieldUsd: what the price of the contract in front made, gaps and all'),
        rollYieldUsd: Usd('−Σ gap × lots × multiplier over the rolls: what moving between contracts made'),
        grossProfitUsd: Usd('Sum of the two: of contracts, so that no roll gap is in it'),
      })
      .describe('Where the gross profit came from'),
    costs: z
      .strictObject({
        commissionUsd: Usd('Commission and fees of every fill but those of rolls'),
        slippageUsd: Usd('Slippage and half the bid-ask spread, of every fill but those of rolls'),
        impactUsd: Usd('Market impact of every fill but those of rolls'),
        rollUsd: Usd('Of rolls: commission, slippage and impact of two fills a lot each'),
        totalUsd: Usd('Sum of the four: grossProfitUsd − netProfitUsd'),
        grossProfitUsd: Usd('At the prices before slippage and impact, without commission'),
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
    ambiguousBars: z
      .int()
      .describe('Bars on which two paths inside the bar fill differently, so that --intrabar decided'),
    intrabarBounds: z
      .strictObject({
        worstFinal: Usd('Final equity with the path that leaves less taken on each ambiguous bar'),
        bestFinal: Usd('Final equity with the path that leaves more taken on each ambiguous bar'),
      })
      .nullable()
      .describe('null where no bar is ambiguous'),
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
