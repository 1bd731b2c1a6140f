import { z } from 'zod'

const IndicatorColumn = z.strictObject({
  name: z.string().describe('Key in `columns`: rsi_14, macd_signal_12_26_9 …'),
  last: z.number().nullable().describe('On `to`, in the unit of the indicator; null with a reason where undefined'),
  previous: z.number().nullable().describe('One bar before'),
  firstDate: z.string().nullable().describe('First bar with a value, YYYY-MM-DD, before `from` too; null if none has'),
  undefinedBars: z.number().int().describe('Bars without a value from `from` to `to`, warm-up included'),
})

const IndicatorEntry = z.strictObject({
  name: z.string().describe('As asked for, with every parameter: macd:12:26:9'),
  title: z.string(),
  parameters: z.record(z.string(), z.number()),
  inputs: z.array(z.enum(['open', 'high', 'low', 'close', 'volume'])),
  unit: z.string().describe('Of every column: the unit of the price, percent, percent per year, lots, degrees …'),
  warmUpBars: z.number().int().describe('Bars at the start of history, and after a gap, that have no value'),
  columns: z.array(IndicatorColumn),
  reason: z.string().nullable().describe('Why a `last` is null; null where none is'),
})

export const IndicatorsData = z
  .strictObject({
    name: z.string().describe('Product key, symbol of the lake, or file'),
    basis: z.enum(['bars', 'settlements', 'file']).describe('bars: of the lake; settlements: a continuous series'),
    words: z.string().describe('What the closes are, in a sentence'),
    unit: z.string().nullable().describe('Unit of prices; null for a file'),
    from: z.string().describe('First date of `dates`'),
    to: z.string().describe('Last date of `dates`: nothing after it was used'),
    historyFrom: z.string().describe('First bar that went into the indicators: warm-up uses bars before `from`'),
    historyBars: z.number().int(),
    indicators: z.array(IndicatorEntry),
    omitted: z
      .array(z.strictObject({ name: z.string(), reason: z.string() }))
      .describe('Of a set (default or all) what could not be computed, and why'),
    dates: z.array(z.string()).describe('Ascending, YYYY-MM-DD'),
    columns: z
      .record(z.string(), z.array(z.number().nullable()))
      .describe(
        'One array a column, as long as `dates`: the prices that there are, then each output of each indicator',
      ),
  })
  .describe('Technical indicators, one column each')
export type IndicatorsData = z.infer<typeof IndicatorsData>
