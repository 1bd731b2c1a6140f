import { describe, expect, it } from 'vitest'
import { addCash, bookFill, cashUsd, closingLots, newPosition, openProfitUsd } from '../../src/lib/execution/account.js'

describe('a position', () => {
  it('averages what it adds to: 2 lots at 10 and 1 at 13 are 3 at 11', () => {
    const position = newPosition(1000)
    bookFill(position, 2, 10)
    bookFill(position, 1, 13)
    expect([position.lots, position.entryPrice]).toEqual([3, 11])
    expect(openProfitUsd(position, 12)).toBe(3000)
  })

  it('books a partial close at the average, which stays', () => {
    const position = newPosition(1000)
    bookFill(position, -3, 11)
    expect(bookFill(position, 1, 9)).toBe(2000)
    expect([position.lots, position.entryPrice]).toEqual([-2, 11])
  })

  it('takes a fill through zero as a close and an open at the new price', () => {
    const position = newPosition(1000)
    bookFill(position, 1, -37.63)
    expect(bookFill(position, -3, 10.01)).toBeCloseTo(47_640, 9)
    expect([position.lots, position.entryPrice]).toEqual([-2, 10.01])
  })

  it('has no entry price when flat', () => {
    const position = newPosition(1)
    bookFill(position, 1, 0)
    bookFill(position, -1, 0)
    expect(position.entryPrice).toBeNaN()
    expect(openProfitUsd(position, 5)).toBe(0)
  })

  it('closes at most what is held', () => {
    expect([closingLots(1, -3), closingLots(-3, 1), closingLots(2, 1), closingLots(0, 1)]).toEqual([1, 1, 0, 0])
  })
})

describe('cash', () => {
  it('does not drift: a million times 0.10 on ten million is 10,100,000.00 to the last digit', () => {
    const cash = { sumUsd: 10_000_000, lostUsd: 0 }
    let plain = 10_000_000
    for (let i = 0; i < 1_000_000; i++) {
      addCash(cash, 0.1)
      plain += 0.1
    }
    expect(cashUsd(cash)).toBe(10_100_000)
    expect(Math.abs(plain - 10_100_000)).toBeGreaterThan(1e-5)
  })
})
