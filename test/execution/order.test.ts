import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cancelOrder,
  expireOrder,
  fillOrder,
  isLive,
  newOrder,
  placeOrder,
  reduceOthers,
  rejectOrder,
  trailOrder,
  type Order,
  type OrderKind,
} from '../../src/lib/execution/order.js'
import { lastSessionOf, parseTimeInForce } from '../../src/lib/execution/time-in-force.js'
import { touchAlong } from '../../src/lib/execution/touch-along.js'
import { walkBar } from '../../src/lib/execution/walk-bar.js'

function placed(kind: OrderKind, lots: number, { limit = Number.NaN, stop = Number.NaN } = {}): Order {
  const order = newOrder(kind)
  placeOrder(order, lots, limit, stop, Infinity)
  return order
}

describe('the life of an order', () => {
  it('is placed, filled in part, filled', () => {
    const order = placed('market', -5)
    fillOrder(order, -2)
    expect([order.state, order.lots, order.filledLots]).toEqual(['partly-filled', -3, -2])
    fillOrder(order, -3)
    expect([order.state, order.lots, order.filledLots]).toEqual(['filled', 0, -5])
  })

  it('ends where it is cancelled, and what is filled is not taken back', () => {
    const order = placed('limit', 3, { limit: 10 })
    fillOrder(order, 1)
    expect([cancelOrder(order), order.state, order.filledLots]).toEqual([true, 'cancelled', 1])
    const filled = placed('market', 1)
    fillOrder(filled, 1)
    expect([cancelOrder(filled), filled.state]).toEqual([false, 'filled'])
  })

  it('expires after its last session, not in it', () => {
    const order = newOrder('limit')
    placeOrder(order, 1, 10, Number.NaN, 100)
    expect([expireOrder(order, 100), expireOrder(order, 101), order.state]).toEqual([false, true, 'expired'])
  })

  it('begins anew when it is placed again', () => {
    const order = newOrder('limit')
    rejectOrder(order)
    placeOrder(order, 2, 9, Number.NaN, Infinity)
    expect([order.state, order.lots, order.filledLots]).toEqual(['working', 2, 0])
  })

  it('refuses what no exchange does', () => {
    const order = placed('market', 2)
    expect(() => fillOrder(order, 3)).toThrow('3 is not a part of 2')
    expect(() => fillOrder(order, -1)).toThrow('-1 is not a part of 2')
    expect(() => placeOrder(order, 1, Number.NaN, Number.NaN, Infinity)).toThrow('cancelled before')
    expect(() => rejectOrder(order)).toThrow('has been accepted')
    expect(() => fillOrder(newOrder('market'), 1)).toThrow('idle cannot be filled')
    expect(() => placeOrder(newOrder('market'), 0, Number.NaN, Number.NaN, Infinity)).toThrow('no order')
  })

  it('never fills more than was asked, whatever happens to it', () => {
    const happening = fc.oneof(
      fc.integer({ min: -6, max: 6 }).map((lots) => (order: Order) => fillOrder(order, lots)),
      fc.constant((order: Order) => void cancelOrder(order)),
      fc.constant((order: Order) => void expireOrder(order, 11)),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(happening, { maxLength: 8 }), (lots, happenings) => {
        const order = newOrder('limit')
        placeOrder(order, lots, 1, Number.NaN, 10)
        for (const happen of happenings) {
          const ended = !isLive(order)
          const before = { ...order }
          try {
            happen(order)
          } catch {
            expect(order).toEqual(before)
          }
          if (ended) expect(order).toEqual(before)
          expect(order.lots + order.filledLots).toBe(lots)
          expect(order.filledLots).toBeGreaterThanOrEqual(0)
        }
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  it('can be written down and read back', () => {
    const order = placed('limit', 1, { limit: 10 })
    expect((JSON.parse(JSON.stringify(order)) as Order).limitPrice).toBe(10)
  })
})

describe('one cancels the other', () => {
  it('cancels the rest of the group on a full fill, and cuts it on a part', () => {
    const stop = placed('stop', -5, { stop: 9 })
    const limit = placed('limit', -5, { limit: 12 })
    fillOrder(limit, -2)
    reduceOthers([stop, limit], limit)
    expect([stop.state, stop.lots]).toEqual(['working', -3])
    fillOrder(limit, -3)
    reduceOthers([stop, limit], limit)
    expect([stop.state, limit.state]).toEqual(['cancelled', 'filled'])
  })
})

describe('a trailing stop', () => {
  it('follows and never goes back: 2 behind 50, 55, 53 is 48, 53, 53', () => {
    const order = placed('trailing-stop', -1)
    order.trail = 2
    const levels = [50, 55, 53].map((price) => {
      trailOrder(order, price)
      return order.stopPrice
    })
    expect(levels).toEqual([48, 53, 53])
  })

  it('follows a short down through zero', () => {
    const order = placed('trailing-stop', 1)
    order.trail = 2
    const levels = [1, -37.63, 10].map((price) => {
      trailOrder(order, price)
      return order.stopPrice
    })
    expect(levels).toEqual([3, -35.63, -35.63])
  })
})

describe('where a resting order comes to life', () => {
  it.each([
    ['a buy limit when the price falls to it', placed('limit', 1, { limit: 10 }), 12, 9, 10],
    ['not before', placed('limit', 1, { limit: 10 }), 12, 10.01, Number.NaN],
    ['better than asked for at a lower start', placed('limit', 1, { limit: 10 }), 9, 13, 9],
    ['a sell limit when it rises to it', placed('limit', -1, { limit: -10 }), -14, -9, -10],
    ['a buy stop when it rises to it', placed('stop', 1, { stop: 10 }), 9, 12, 10],
    ['at the start where it is beyond the stop: a gap', placed('stop', 1, { stop: 10 }), 12, 9, 12],
    ['a sell stop when it falls to it', placed('stop', -1, { stop: 0 }), 1, -37.63, 0],
    ['an order at the market does not rest', placed('market', 1), 9, 12, Number.NaN],
  ])('%s', (_, order, from, to, price) => {
    expect(touchAlong(order, from, to)).toBe(price)
  })
})

describe('a bar', () => {
  const fills = (
    orders: Order[],
    highFirst: boolean,
    [open, high, low, close]: [number, number, number, number],
  ): number[] => {
    const at: number[] = []
    walkBar(orders, open, high, low, close, highFirst, (order, price) => {
      at.push(price)
      fillOrder(order, order.lots)
      reduceOthers(orders, order)
      return true
    })
    return at
  }

  it('takes a stop and a limit in the order of its path', () => {
    const both = (): Order[] => [placed('stop', -1, { stop: 47 }), placed('limit', -1, { limit: 53 })]
    expect(fills(both(), true, [50, 60, 40, 50])).toEqual([53])
    expect(fills(both(), false, [50, 60, 40, 50])).toEqual([47])
  })

  it('triggers a stop-limit and fills it only where the price then comes to its limit', () => {
    const order = (): Order[] => [placed('stop-limit', 1, { stop: 52, limit: 52.5 })]
    expect(fills(order(), true, [50, 60, 40, 50])).toEqual([52])
    // The open is beyond the limit: it is triggered and waits, and fills on the way down.
    expect(fills(order(), true, [55, 60, 40, 50])).toEqual([52.5])
    const missed = order()
    expect(fills(missed, true, [55, 60, 54, 58])).toEqual([])
    expect([missed[0].state, missed[0].triggered]).toEqual(['working', true])
    expect(fills(missed, true, [53, 54, 52.4, 53])).toEqual([52.5])
  })

  it('does not trade a settlement outside the range that was traded', () => {
    expect(fills([placed('stop', 1, { stop: 51 })], true, [50, 50.5, 49, 52])).toEqual([])
  })

  it('stops where nothing more can be filled', () => {
    const orders = [placed('limit', 1, { limit: 49 }), placed('limit', 1, { limit: 48 })]
    const at: number[] = []
    walkBar(orders, 50, 50, 40, 45, false, (_, price) => {
      at.push(price)
      return false
    })
    expect(at).toEqual([49])
  })
})

describe('time in force', () => {
  it('day is the next session, gtd so many days after the decision, gtc for ever', () => {
    const words = ['day', 'gtc', 'gtd:5', 'gtd:0', 'ioc', 'gtd:']
    expect(words.map(parseTimeInForce)).toEqual([
      { kind: 'day' },
      { kind: 'gtc' },
      { kind: 'gtd', days: 5 },
      null,
      null,
      null,
    ])
    // Decided on a Friday (day 100), the next session is Monday.
    expect(lastSessionOf({ kind: 'day' }, 100, 103)).toBe(103)
    expect(lastSessionOf({ kind: 'gtd', days: 5 }, 100, 103)).toBe(105)
    expect(lastSessionOf({ kind: 'gtc' }, 100, 103)).toBe(Infinity)
  })
})
