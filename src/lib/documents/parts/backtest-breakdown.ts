import { z } from 'zod'

const Fraction = (words: string): z.ZodNullable<z.ZodNumber> => z.number().nullable().describe(`${words}, fraction`)
const Usd = (words: string): z.ZodNumber => z.number().describe(`${words}, USD`)

const ReturnGroup = z.strictObject({
  name: z.string(),
  bars: z.int().describe('Bars after the first'),
  share: z.number().describe('Of those bars, fraction'),
  pnlUsd: Usd('Their part of the profit; all groups together are last − first equity'),
  meanReturnAnnual: Fraction('Mean return × 252'),
  annualVol: Fraction('Standard deviation (ddof 1) × √252'),
  sharpe: z.number().nullable().describe('Mean ÷ standard deviation × √252; risk-free rate 0'),
  worstReturn: Fraction('Lowest return of a bar'),
  exposure: Fraction('Share of the group’s bars that begin with a position'),
})

const TradeGroup = z.strictObject({
  name: z.string(),
  trades: z.int(),
  winRate: Fraction('Share with net profit above 0'),
  grossUsd: Usd('Before commission'),
  commissionUsd: Usd('Commission and rolls'),
  netUsd: Usd('The groups add up to the trades of the run'),
  expectancyUsd: z.number().nullable().describe('Mean net profit, USD'),
  profitFactor: z.number().nullable().describe('Σ net profits ÷ Σ net losses; null without a loss'),
  avgBars: z.number().nullable().describe('Mean bars from entry to exit'),
  avgMaeUsd: z.number().nullable().describe('Mean farthest open loss by highs and lows, ≤ 0, USD'),
  avgMfeUsd: z.number().nullable().describe('Mean farthest open profit by highs and lows, ≥ 0, USD'),
  worstUsd: z.number().nullable().describe('Lowest net profit, USD'),
  bestUsd: z.number().nullable().describe('Highest net profit, USD'),
})

/** Equity, returns and trades of a run, taken apart. */
export const backtestBreakdown = {
  monthly: z
    .array(
      z.strictObject({
        month: z.string().describe('YYYY-MM'),
        return: Fraction('Equity at its end ÷ equity at the end of the month before − 1'),
        pnlUsd: Usd('Change of equity'),
        bars: z.int().describe('Bars whose return is in it: a first or last month may be a part of one'),
      }),
    )
    .describe('Every calendar month with a bar; (1 + return) multiplied over all is last ÷ first equity'),
  yearly: z
    .array(
      z.strictObject({
        year: z.int(),
        return: Fraction('As of a month'),
        pnlUsd: Usd('Change of equity'),
        bars: z.int(),
        annualVol: Fraction('Of its returns, ddof 1, × √252'),
        sharpe: z.number().nullable().describe('Of its returns; risk-free rate 0'),
        maxDrawdown: Fraction('From the highest equity since the end of the year before, ≤ 0'),
        trades: z.int().describe('Closed in it'),
        tradesNetUsd: Usd('Net profit of those'),
        months: z.array(z.number().nullable()).describe('January to December, fraction; null where there is no bar'),
      }),
    )
    .describe('Every calendar year'),
  rollingSharpe: z
    .strictObject({
      windowBars: z.int().describe('252, or 63 below 504 bars, or 21 below 126'),
      last: z.number().nullable(),
      min: z.number().nullable(),
      max: z.number().nullable(),
      belowZeroShare: Fraction('Of the bars at which it is defined'),
    })
    .describe('Sharpe ratio of the last so many returns at each bar; nulls where the history is shorter'),
  regimes: z.strictObject({
    volatility: z
      .strictObject({
        windowBars: z.int(),
        bounds: z
          .array(z.number())
          .describe('The last ones: standard deviation of a price change where the middle and the high third begin'),
        groups: z.array(ReturnGroup).describe('low, middle, high; unknown while the window fills'),
        trades: z.array(TradeGroup).describe('By the regime before the bar of their entry'),
      })
      .nullable()
      .describe(
        'By thirds of the volatility of the instrument before each bar, bounds of its past; null for a short history',
      ),
    curve: z
      .strictObject({
        groups: z.array(ReturnGroup).describe('contango, backwardation, level; unknown without two contracts'),
        trades: z.array(TradeGroup).describe('By the shape before the bar of their entry'),
      })
      .nullable()
      .describe(
        'By the shape of the first two contracts at the settlement before each bar; null where there is no curve',
      ),
  }),
  sides: z.array(TradeGroup).describe('long and short'),
  exits: z
    .array(TradeGroup)
    .describe('By what closed the trade: decision, stop-loss, trailing-stop, take-profit, expiry'),
  tags: z
    .array(TradeGroup)
    .describe('By the tag that a strategy of your own gave the decision which opened the trade; untagged without one'),
  byInstrument: z.array(TradeGroup).describe('Trades of each instrument'),
  equityByDay: z
    .strictObject({
      dates: z.array(z.string()),
      usd: z.array(z.number()).describe('Equity at the last close of each day'),
    })
    .nullable()
    .describe('What backtest compare reads; null above 20,000 days, where --keep stores it'),
}
export type BacktestBreakdown = z.infer<z.ZodObject<typeof backtestBreakdown, z.core.$strict>>
