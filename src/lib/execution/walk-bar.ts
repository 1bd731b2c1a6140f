import { isLive, type Order } from './order.js'
import { touchAlong } from './touch-along.js'

/** Fills what can be filled at `price`; false where nothing can (the volume of the bar is used up). */
export type Execute = (order: Order, price: number) => boolean

/**
 * Takes resting orders along a path inside one bar: open → high → low → close, or open → low → high → close. What a fill places is
 * tried on the rest of the path. A settlement outside the traded range is no trade: the path ends at the nearer end of the range.
 * @param orders the nearest price is tried first, at one price the order that stands first
 */
export function walkBar(
  orders: readonly Order[],
  open: number,
  high: number,
  low: number,
  close: number,
  highFirst: boolean,
  execute: Execute,
): void {
  const first = highFirst ? high : low
  const second = highFirst ? low : high
  if (!walk(orders, open, open, execute)) return
  if (!walk(orders, open, first, execute)) return
  if (!walk(orders, first, second, execute)) return
  walk(orders, second, Math.min(high, Math.max(low, close)), execute)
}

/** False as soon as nothing more can be filled in this bar. */
function walk(orders: readonly Order[], from: number, to: number, execute: Execute): boolean {
  let at = from
  for (;;) {
    let next: Order | null = null
    let price = Number.NaN
    for (const order of orders) {
      const touched = touchAlong(order, at, to)
      if (touched !== touched) continue
      if (next === null || Math.abs(touched - at) < Math.abs(price - at)) {
        next = order
        price = touched
      }
    }
    if (next === null) return true
    at = price
    const waits = next.kind === 'stop-limit' && !next.triggered
    if (next.kind !== 'limit') next.triggered = true
    if (!waits && !execute(next, price)) return false
  }
}

/** Whether the range of a bar reaches an order at all: most bars do not, and need no path. */
export function isTouched(order: Order, open: number, high: number, low: number): boolean {
  if (!isLive(order)) return false
  const { kind, limitPrice, stopPrice, triggered } = order
  if (kind === 'market' || kind === 'market-on-close') return false
  // A buy limit and a sell stop lie below the market, the other two above it.
  const waitsForLimit = kind === 'limit' || (kind === 'stop-limit' && triggered)
  if (!waitsForLimit && triggered) return true
  const level = waitsForLimit ? limitPrice : stopPrice
  return order.lots > 0 === waitsForLimit ? Math.min(open, low) <= level : Math.max(open, high) >= level
}
