import { isLive, type Order } from './order.js'

/**
 * Where a resting order comes to life while the price moves straight from `from` to `to`, before slippage; NaN where it does not.
 * A price that is beyond it from the start takes it at once: a gap is not filled at the stop, and a limit fills better than it
 * asked for. An untouched stop-limit gives the price that triggers it; orders at the market are not resting.
 */
export function touchAlong(order: Order, from: number, to: number): number {
  if (!isLive(order)) return Number.NaN
  const buys = order.lots > 0
  switch (order.kind) {
    case 'limit':
      return atOrBetter(order.limitPrice, buys, from, to)
    case 'stop':
    case 'trailing-stop':
      return order.triggered ? from : atOrBeyond(order.stopPrice, buys, from, to)
    case 'stop-limit':
      return order.triggered
        ? atOrBetter(order.limitPrice, buys, from, to)
        : atOrBeyond(order.stopPrice, buys, from, to)
    default:
      return Number.NaN
  }
}

function atOrBetter(limit: number, buys: boolean, from: number, to: number): number {
  if (buys) return from <= limit ? from : to <= limit ? limit : Number.NaN
  return from >= limit ? from : to >= limit ? limit : Number.NaN
}

function atOrBeyond(stop: number, buys: boolean, from: number, to: number): number {
  if (buys) return from >= stop ? from : to >= stop ? stop : Number.NaN
  return from <= stop ? from : to <= stop ? stop : Number.NaN
}
