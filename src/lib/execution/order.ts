import type { EpochDay } from '../kernel/day.js'

/** `idle` has never been placed; the last four are final until the order is placed anew. */
export type OrderState = 'idle' | 'working' | 'partly-filled' | 'filled' | 'cancelled' | 'expired' | 'rejected'

export type OrderKind = 'market' | 'market-on-close' | 'limit' | 'stop' | 'stop-limit' | 'trailing-stop'

/**
 * One order of one contract, made once and placed again and again: a bar loop allocates nothing. A plain object, so that it can be
 * written to a file and read back.
 */
export interface Order {
  kind: OrderKind
  state: OrderState
  /** Lots that are still to be filled, positive buys. */
  lots: number
  filledLots: number
  /** NaN where the kind has none. */
  limitPrice: number
  /** NaN where the kind has none; of a trailing stop it moves. */
  stopPrice: number
  /** Price units that a trailing stop stays behind the best price; NaN for other kinds. */
  trail: number
  /** A stop that was touched: the rest of a stop is a market order from then on, a stop-limit is a limit order. */
  triggered: boolean
  /** Last session in which it works; Infinity is good till cancelled. */
  lastSession: EpochDay
}

export function newOrder(kind: OrderKind): Order {
  return {
    kind,
    state: 'idle',
    lots: 0,
    filledLots: 0,
    limitPrice: Number.NaN,
    stopPrice: Number.NaN,
    trail: Number.NaN,
    triggered: false,
    lastSession: Infinity,
  }
}

export function isLive({ state }: Order): boolean {
  return state === 'working' || state === 'partly-filled'
}

/** Places an order that does not work: whatever it was before, it begins anew. */
export function placeOrder(
  order: Order,
  lots: number,
  limitPrice: number,
  stopPrice: number,
  lastSession: EpochDay,
): void {
  if (isLive(order)) throw new RangeError(`an order that is ${order.state} is cancelled before it is placed anew`)
  if (!(lots !== 0 && Number.isFinite(lots))) throw new RangeError(`an order of ${lots} lots is no order`)
  order.state = 'working'
  order.lots = lots
  order.filledLots = 0
  order.limitPrice = limitPrice
  order.stopPrice = stopPrice
  order.triggered = false
  order.lastSession = lastSession
}

/** Books a fill of some or all of the lots that are left. */
export function fillOrder(order: Order, lots: number): void {
  if (!isLive(order)) throw new RangeError(`an order that is ${order.state} cannot be filled`)
  if (!(lots * order.lots > 0 && Math.abs(lots) <= Math.abs(order.lots))) {
    throw new RangeError(`a fill of ${lots} is not a part of ${order.lots} lots`)
  }
  order.lots -= lots
  order.filledLots += lots
  order.state = order.lots === 0 ? 'filled' : 'partly-filled'
}

/** False for an order that does not work: what is filled cannot be taken back. */
export function cancelOrder(order: Order): boolean {
  return endOrder(order, 'cancelled')
}

/** Ends an order whose last session is over; false where it may still work, or does not. */
export function expireOrder(order: Order, session: EpochDay): boolean {
  return session > order.lastSession && endOrder(order, 'expired')
}

/** An order that the exchange or the broker does not take: a contract that has expired, margin that is not there. */
export function rejectOrder(order: Order): void {
  if (isLive(order)) throw new RangeError(`an order that is ${order.state} has been accepted`)
  order.state = 'rejected'
}

/**
 * Moves a trailing stop after `price`, never back: up under a long (it sells), down over a short.
 */
export function trailOrder(order: Order, price: number): void {
  const sells = order.lots < 0
  const level = sells ? price - order.trail : price + order.trail
  // Also true of the first price, when the stop has no level yet.
  if (!(sells ? level <= order.stopPrice : level >= order.stopPrice)) order.stopPrice = level
}

/**
 * One cancels the other: after a fill of `filled`, the others of its group are cancelled, or cut to the lots that are left where
 * it was filled in part.
 */
export function reduceOthers(group: readonly Order[], filled: Order): void {
  for (const other of group) {
    if (other === filled || !isLive(other)) continue
    if (filled.lots === 0) cancelOrder(other)
    else other.lots = Math.sign(other.lots) * Math.abs(filled.lots)
  }
}

function endOrder(order: Order, state: 'cancelled' | 'expired'): boolean {
  if (!isLive(order)) return false
  order.state = state
  return true
}
