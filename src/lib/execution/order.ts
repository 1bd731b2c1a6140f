/** `idle` has never been placed; the last two are final until the order is placed anew. */
export type OrderState = 'idle' | 'working' | 'filled' | 'cancelled'

export type OrderKind = 'market' | 'market-on-close' | 'limit' | 'stop'

/**
 * One order, made once and placed again and again: the bar loop allocates nothing. Its life is
 * idle → working → filled or cancelled → working …; every order is good till cancelled.
 */
export interface Order {
  kind: OrderKind
  /** Lots, positive buys. */
  lots: number
  /** Limit or stop price; NaN for orders at the market. */
  price: number
  state: OrderState
}

export function newOrder(kind: OrderKind): Order {
  return { kind, lots: 0, price: Number.NaN, state: 'idle' }
}

export function placeOrder(order: Order, lots: number, price: number): void {
  order.lots = lots
  order.price = price
  order.state = 'working'
}

/** No effect on an order that does not work: what is filled cannot be taken back. */
export function cancelOrder(order: Order): void {
  if (order.state === 'working') order.state = 'cancelled'
}

/**
 * Where a working order fills inside a bar, before slippage; NaN where it does not. An open beyond the price fills at the
 * open: a gap is not filled at the stop, and a limit fills better than it asked for.
 */
export function touchPrice(order: Order, open: number, high: number, low: number, close: number): number {
  if (order.state !== 'working') return Number.NaN
  const { price } = order
  const buys = order.lots > 0
  switch (order.kind) {
    case 'market':
      return open
    case 'market-on-close':
      return close
    case 'limit':
      if (buys) return open <= price ? open : low <= price ? price : Number.NaN
      return open >= price ? open : high >= price ? price : Number.NaN
    case 'stop':
      if (buys) return open >= price ? open : high >= price ? price : Number.NaN
      return open <= price ? open : low <= price ? price : Number.NaN
  }
}

/** Paid price after slippage, always to the disadvantage of the one who trades; a limit never fills worse than its limit. */
export function slippedPrice(order: Order, price: number, slippage: number): number {
  if (order.kind === 'limit') return price
  return order.lots > 0 ? price + slippage : price - slippage
}
