import type { SizingRule } from '../execution/sizing.js'
import type { IndicatorCache } from './indicator-cache.js'
import type { NamedOrders } from './named-orders.js'
import type { PriceBars } from './price-bars.js'

/**
 * What to hold as a fraction of full size: −1 short, 0 flat, 1 long, 0.5 half; a composite may go beyond 1. The engine makes
 * whole lots of it. Never NaN.
 */
export type Target = number

/** What to hold from the next bar on, decided at the close of `bar`; `held` is the target so far. */
export interface Decide {
  (bar: number, held: Target): Target
  /** What the strategy calls the decision it has just made; '' where it does not say. Absent where it never does. */
  readonly tag?: () => string
  /** How it wants the decision it has just made to be traded; null for the rules of the run. Absent where it never says. */
  readonly orders?: () => NamedOrders | null
}

/** A rule that is always in: long from where above − below > margin, short from where it is < −margin; between them it holds. */
export interface HoldingSides {
  readonly above: Float64Array
  readonly below: Float64Array
  readonly margin: number
}

export type StrategyParameter = {
  readonly name: string
  readonly summary: string
} & (
  | { readonly kind: 'integer' | 'number'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly default: string; readonly options: readonly string[] }
  /** Read by the strategy itself: names of others, a list of weights. */
  | { readonly kind: 'text'; readonly default: string }
)

export type ParameterValues = Readonly<Record<string, number | string>>

/** Something to tell the user about a strategy on these bars. */
export interface StrategyRemark {
  readonly code: string
  readonly message: string
  readonly details: Readonly<Record<string, number | string>>
}

export interface Strategy {
  readonly name: string
  readonly summary: string
  /** The rule as it is computed. */
  readonly rule: string
  readonly parameters: readonly StrategyParameter[]
  /** Code or data of the user's own: the guard runs it twice first. */
  readonly outside?: true
  /** Its decisions may name their orders: only the engine can trade them. */
  readonly namesOrders?: true
  readonly remarks?: (bars: PriceBars) => readonly StrategyRemark[]
  /** Says what is wrong with parameters that are each right by themselves; null if nothing is. */
  readonly conflict?: (values: ParameterValues) => string | null
  /** How large a target of 1 is where the command line does not say; fixed lots without it. */
  readonly sizing?: (values: ParameterValues) => SizingRule
  /** Index of the first bar on whose close a decision is made. */
  readonly firstDecisionBar: (values: ParameterValues) => number
  /** Columns besides prices that the strategy looks at, `roll-yield:1:2`: `bars.extra` has them by name. */
  readonly columns?: (values: ParameterValues) => readonly string[]
  /**
   * Runs the indicators over the bars and returns the decision; its answer for a bar may use that bar and earlier ones only.
   * @param cached keeps what other parameters share, where many are tried on the same bars
   */
  readonly prepare: (bars: PriceBars, values: ParameterValues, cached?: IndicatorCache) => Decide
  /** For sweeps: the decisions of `prepare` as columns, so that nobody is asked bar by bar. null where they are no such rule. */
  readonly sides?: (bars: PriceBars, values: ParameterValues, cached?: IndicatorCache) => HoldingSides | null
}

/** A parameter that counts bars. */
export function barCount(name: string, value: number, summary: string, min = 1): StrategyParameter {
  return { name, kind: 'integer', default: value, min, max: 100_000, summary }
}

/** The divisor of a deviation is `window − ddof`. */
export const ddofParameter: StrategyParameter = {
  name: 'ddof',
  kind: 'integer',
  default: 0,
  min: 0,
  max: 1,
  summary: 'The deviation divides by window − ddof.',
}
