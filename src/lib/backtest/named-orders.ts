import type { TimeInForce } from '../execution/time-in-force.js'
import type { EntryKind, OrderRules } from './order-rules.js'

/** What a strategy says of the orders of its decision; what is absent is as the run's rules have it. */
export interface NamedOrders {
  readonly entry?: EntryKind
  /** Levels of the instrument's bars, absolute: not offsets from the close. */
  readonly limit?: number
  readonly stop?: number
  readonly timeInForce?: TimeInForce
  /** Price units from the entry, or behind the best close; null for none. */
  readonly stopLoss?: number | null
  readonly takeProfit?: number | null
  readonly trailingStop?: number | null
}

/** The rules under which one decision is traded. */
export interface DecisionRules extends OrderRules {
  /** NaN where the offset from the close counts. */
  readonly limitPrice: number
  readonly stopPrice: number
}

/** The entry is said, and not only what guards it. */
export function namesEntry({ entry, limit, stop }: NamedOrders): boolean {
  return entry !== undefined || limit !== undefined || stop !== undefined
}

/**
 * The run's rules with what a strategy says in place of them.
 * @param guards what guards the position where it says nothing of it
 */
export function decisionRules(
  rules: OrderRules,
  named: NamedOrders | null,
  guards: Pick<OrderRules, 'stopLoss' | 'takeProfit' | 'trailingStop'> = rules,
): DecisionRules {
  const { entry, limit, stop, timeInForce, stopLoss, takeProfit, trailingStop } = named ?? {}
  const byPrice =
    limit === undefined ? (stop === undefined ? rules.entry : 'stop') : stop === undefined ? 'limit' : 'stop-limit'
  return {
    ...rules,
    entry: entry ?? byPrice,
    limitPrice: limit ?? Number.NaN,
    stopPrice: stop ?? Number.NaN,
    timeInForce: timeInForce ?? rules.timeInForce,
    stopLoss: stopLoss === undefined ? guards.stopLoss : stopLoss,
    takeProfit: takeProfit === undefined ? guards.takeProfit : takeProfit,
    trailingStop: trailingStop === undefined ? guards.trailingStop : trailingStop,
  }
}
