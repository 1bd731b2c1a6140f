import { describe, expect, it } from 'vitest'
import { bookFill, closingLots, equityUsd, newAccount } from '../../src/lib/execution/account.js'
import { cancelOrder, newOrder, placeOrder, touchPrice } from '../../src/lib/execution/order.js'

describe('an account', () => {
  it('averages what it adds to: 2 lots at 10 and 1 at 13 are 3 at 11', () => {
    const account = newAccount(0, 1000)
    bookFill(account, 2, 10, 0)
    bookFill(account, 1, 13, 0)
    expect([account.lots, account.entryPrice]).toEqual([3, 11])
    expect(equityUsd(account, 12)).toBe(3000)
  })

  it('books a partial close at the average, which stays', () => {
    const account = newAccount(0, 1000)
    bookFill(account, -3, 11, 0)
    expect(bookFill(account, 1, 9, 2.5)).toBe(2000)
    expect([account.lots, account.entryPrice, account.cashUsd]).toEqual([-2, 11, 1997.5])
  })

  it('takes a fill through zero as a close and an open at the new price', () => {
    const account = newAccount(0, 1000)
    bookFill(account, 1, -37.63, 0)
    expect(bookFill(account, -3, 10.01, 0)).toBeCloseTo(47_640, 9)
    expect([account.lots, account.entryPrice]).toEqual([-2, 10.01])
  })

  it('has no entry price when flat', () => {
    const account = newAccount(100, 1)
    bookFill(account, 1, 0, 0)
    bookFill(account, -1, 0, 0)
    expect(account.entryPrice).toBeNaN()
    expect(equityUsd(account, 5)).toBe(100)
  })

  it('closes at most what is held', () => {
    expect([closingLots(1, -3), closingLots(-3, 1), closingLots(2, 1), closingLots(0, 1)]).toEqual([1, 1, 0, 0])
  })
})

describe('an order', () => {
  it('fills only while it works', () => {
    const order = newOrder('market')
    expect(touchPrice(order, 1, 1, 1, 1)).toBeNaN()
    placeOrder(order, 1, Number.NaN)
    expect(touchPrice(order, 1, 1, 1, 1)).toBe(1)
    cancelOrder(order)
    expect([order.state, touchPrice(order, 1, 1, 1, 1)]).toEqual(['cancelled', Number.NaN])
    order.state = 'filled'
    cancelOrder(order)
    expect(order.state).toBe('filled')
  })

  it('buys at a limit when the low reaches it, not before', () => {
    const order = newOrder('limit')
    placeOrder(order, 1, 10)
    expect([
      touchPrice(order, 12, 13, 10.01, 11),
      touchPrice(order, 12, 13, 10, 11),
      touchPrice(order, 9, 13, 8, 11),
    ]).toEqual([Number.NaN, 10, 9])
  })
})
