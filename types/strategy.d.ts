/**
 * The contract of a strategy of your own: `contango backtest ./mine.ts wti -- --window 20`. A module's default export is a
 * {@link StrategyModule}; docs/strategies.md has an example. In TypeScript: `import type { StrategyModule } from 'contango/types/strategy.js'`.
 */

/** The value that a parameter has in a run. */
export type ParameterValue = number | string

/** What `-- --NAME VALUE` may be. A bare number or text is a parameter with that default and no limits. */
export type ParameterDeclaration =
  | number
  | string
  | {
      readonly kind?: 'number' | 'integer'
      readonly default: number
      readonly min?: number
      readonly max?: number
      readonly summary?: string
    }
  | {
      readonly kind: 'choice'
      readonly default: string
      readonly options: readonly string[]
      readonly summary?: string
    }
  | { readonly kind: 'text'; readonly default: string; readonly summary?: string }

/**
 * A price of a bar: `close(0)` is the bar just closed, `close(-1)` the one before. NaN before the first bar. A positive offset
 * is the future and ends the run.
 */
export type Accessor = (offset?: number) => number

/** What is known before the first bar. */
export interface InitContext<Parameters> {
  readonly parameters: Readonly<Parameters>
}

/** What is known at the close of a bar. The same object is handed over on every bar: keep numbers, not the context. */
export interface BarContext<Parameters, State> {
  readonly parameters: Readonly<Parameters>
  /** What `init` returned. */
  readonly state: State
  /** Number of the bar just closed; 0 is the first. */
  readonly bar: number
  /** `2020-04-20`, or `2020-04-20T14:30:00Z` where bars have a time of day. */
  readonly date: string
  /** Session date, `2020-04-21`: an evening belongs to the next date by the clock of the exchange. The date where a bar is a day. */
  readonly session: string
  /** Milliseconds since 1970-01-01 UTC. */
  readonly timeMs: number
  /** What was decided last: 0 flat, 1 long a full position, −0.5 short half of one. */
  readonly target: number
  readonly open: Accessor
  readonly high: Accessor
  readonly low: Accessor
  /** Of joined settlements a level: its differences are prices, itself is not. See `price`. */
  readonly close: Accessor
  /** Settlement of the contract held, roll gaps and all; the close where nothing is joined. */
  readonly price: Accessor
  /** Lots traded; NaN where it is not known. */
  readonly volume: Accessor
  /** The last `count` closes, oldest first, in an array of your own; fewer at the start. */
  closes(count: number): number[]
  /**
   * An indicator of `contango indicators`: `indicator('rsi:14')`, `indicator('sma:50', -1)`; one with several columns takes the
   * name of one: `indicator('macd:12:26:9', 0, 'macd_signal_12_26_9')`. NaN during its warm-up.
   */
  indicator(spec: string, offset?: number, column?: string): number
  /** A column that the module asked for in `columns`, NaN where it is not known: `column('roll-yield:1:2')`. */
  column(name: string, offset?: number): number
}

/** What to hold and what to call it: trades carry the tag of the decision that opened them, and the answer has a table by tag. */
export interface TaggedTarget {
  /** As a fraction of a full position. */
  readonly target: number
  /** `breakout`: 1 to 40 characters without control characters; at most 100 different ones a run. */
  readonly tag?: string
}

/**
 * A target with the orders that trade it, in place of what the command line says; for modules that declare `orders: true`. Prices are those of `close`.
 * Said again with the same target, `limit` and `stop` replace an order that waits, has expired or was stopped out, and what guards a position is moved.
 */
export interface OrderedTarget extends TaggedTarget {
  /** Bought no higher, sold no lower; with `stop` a stop-limit. Of a target of 0 the price at which to leave. */
  readonly limit?: number
  /** Bought at or above it, sold at or below it. */
  readonly stop?: number
  /** Where neither is given. */
  readonly entry?: 'market' | 'market-on-close'
  /** `gtd:5` works through the day five calendar days after the decision. */
  readonly timeInForce?: 'day' | 'gtc' | `gtd:${number}`
  /** Price units from the average price of the position; one cancels the other; null for none. */
  readonly stopLoss?: number | null
  readonly takeProfit?: number | null
  /** Price units behind the best close since the entry. */
  readonly trailingStop?: number | null
}

/** The default export of a strategy's file. */
export interface StrategyModule<Parameters extends object = Readonly<Record<string, ParameterValue>>, State = unknown> {
  /** Lower case letters, digits and dashes; the name of the file without it. */
  readonly name?: string
  readonly summary?: string
  /** The rule in words; stands in the answer. */
  readonly rule?: string
  readonly parameters?: { readonly [Name in keyof Parameters]: ParameterDeclaration }
  /** Bars before the first decision: `onBar` is first called on the bar with this number. 0 without it. */
  readonly warmUp?: number | ((parameters: Readonly<Parameters>) => number)
  /** Columns besides prices, loaded point in time: docs/strategies.md lists them. */
  readonly columns?: readonly string[] | ((parameters: Readonly<Parameters>) => readonly string[])
  /** `onBar` may return {@link OrderedTarget}s. */
  readonly orders?: true
  /** Called once before the first bar of each run; what it returns is `state`. Keep nothing outside of it. */
  readonly init?: (context: InitContext<Parameters>) => State
  /**
   * Called at the close of each bar: returns what to hold as a fraction of a full position, filled at the next open; nothing
   * (undefined) holds on. `{ target, tag }` also names the decision, and with
   * `orders: true` its orders.
   */
  readonly onBar: (context: BarContext<Parameters, State>) => number | OrderedTarget | undefined | void
}
