import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCellRunner } from '../../src/lib/backtest/lean/cell-runner.js'
import type { PriceBars } from '../../src/lib/backtest/price-bars.js'
import { FILL_REASONS } from '../../src/lib/backtest/records.js'
import { runBacktest, type BacktestSettings } from '../../src/lib/backtest/run-backtest.js'
import { userStrategy } from '../../src/lib/backtest/user/user-strategy.js'
import type { OrderedTarget, StrategyModule } from '../../types/strategy.js'
import { barsOf, plainly, settings } from './golden-bars.js'

type Returned = number | OrderedTarget | undefined

/** Bars of open, high, low, close, a day each. */
function bars(...rows: readonly (readonly [open: number, high: number, low: number, close: number])[]): PriceBars {
  const plain = barsOf(
    rows.map(([open]) => open),
    rows.map(([, , , close]) => close),
  )
  return { ...plain, high: Float64Array.from(rows, (row) => row[1]), low: Float64Array.from(rows, (row) => row[2]) }
}

const still = [50, 50, 50, 50] as const
const strategyOf = (onBar: StrategyModule['onBar']) => userStrategy({ orders: true, onBar }, 'mine.ts', () => null)

/** Trades what a list returns, bar by bar. */
const play = (prices: PriceBars, returned: readonly Returned[], others: Partial<BacktestSettings> = {}) =>
  runBacktest(
    prices,
    strategyOf((ctx) => returned[ctx.bar]),
    {},
    settings({ slippagePrice: 0.1 }, others),
  )

const fillsOf = ({ fills }: ReturnType<typeof play>): unknown[] =>
  Array.from(fills.bar, (bar, f) => [
    bar,
    fills.lots[f],
    Number(fills.price[f].toFixed(9)),
    FILL_REASONS[fills.reason[f]],
  ])

describe('an order that a strategy names', () => {
  it('is bought at its limit, without slippage, on the bar that comes down to it', () => {
    const run = play(bars(still, still, [50, 50, 47, 48]), [{ target: 1, limit: 48.5 }])
    expect(fillsOf(run)).toEqual([[2, 1, 48.5, 'decision']])
  })

  it('is bought at its stop with slippage, at the open of a gap', () => {
    const run = play(bars(still, [50, 52, 50, 51], [55, 56, 54, 55]), [{ target: 1, stop: 51.5 }])
    expect(fillsOf(run)).toEqual([[1, 1, 51.6, 'decision']])
    expect(fillsOf(play(bars(still, [55, 56, 54, 55]), [{ target: 1, stop: 51.5 }]))).toEqual([
      [1, 1, 55.1, 'decision'],
    ])
  })

  it('is a stop-limit with both: touched at 51, not paid above 51.25, filled when the price comes back', () => {
    const run = play(bars(still, [55, 56, 54, 55], [55, 55, 51, 52]), [{ target: 1, stop: 51, limit: 51.25 }])
    expect(fillsOf(run)).toEqual([[2, 1, 51.25, 'decision']])
  })

  it('takes a position out at a limit, whole, where the target is 0', () => {
    const up = bars(still, still, [50, 53, 50, 52], [52, 52, 52, 52])
    expect(fillsOf(play(up, [1, { target: 0, limit: 52.5 }]))).toEqual([
      [1, 1, 50.1, 'decision'],
      [2, -1, 52.5, 'decision'],
    ])
  })

  it('reverses at a limit in one order of two lots', () => {
    const run = play(bars(still, still, [50, 53, 50, 52]), [1, { target: -1, limit: 52.5 }])
    expect(fillsOf(run)).toEqual([
      [1, 1, 50.1, 'decision'],
      [2, -2, 52.5, 'decision'],
    ])
    expect([...run.trades.netUsd]).toEqual([expect.closeTo(2400, 6)])
  })

  it('works for as long as it says: a DAY order is gone on the second day, and back where it is said again', () => {
    const late = bars(still, still, [50, 50, 48, 49])
    const day = { target: 1, limit: 48.5, timeInForce: 'day' } as const
    expect(play(late, [day]).orders).toMatchObject({ placed: 1, expired: 1, filled: 0 })
    expect(fillsOf(play(late, [day, day]))).toEqual([[2, 1, 48.5, 'decision']])
  })

  it('moves with the price that is said: 48, then 49, one order at a time', () => {
    const run = play(bars(still, [50, 50, 49.5, 50], [50, 50, 48.5, 49]), [
      { target: 1, limit: 48 },
      { target: 1, limit: 49 },
    ])
    expect(fillsOf(run)).toEqual([[2, 1, 49, 'decision']])
    expect(run.orders).toMatchObject({ placed: 2, cancelled: 1, filled: 1 })
  })

  it('is not placed anew where nothing about it is new', () => {
    const same = { target: 1, limit: 40 }
    expect(play(bars(still, still, still, still), [same, same, same]).orders).toMatchObject({ placed: 1, cancelled: 0 })
  })

  it('leaves what is held alone, and its limit is no second purchase', () => {
    const same = { target: 1, limit: 50 }
    expect(fillsOf(play(bars(still, still, still, still), [same, same, same]))).toEqual([[1, 1, 50, 'decision']])
  })
})

describe('what guards a position', () => {
  it('is said with the decision: a stop 2 below the entry of 50.1', () => {
    const run = play(bars(still, still, [50, 50, 47, 48]), [{ target: 1, stopLoss: 2 }])
    expect(fillsOf(run)[1]).toEqual([2, -1, 48, 'stop-loss'])
  })

  it('cancels one by the other: the profit is taken, and the stop does not sell again', () => {
    const run = play(bars(still, still, [50, 54, 50, 53], [53, 53, 40, 41]), [
      { target: 1, stopLoss: 2, takeProfit: 3 },
    ])
    expect(fillsOf(run)).toEqual([
      [1, 1, 50.1, 'decision'],
      [2, -1, 53.1, 'take-profit'],
    ])
  })

  it('is moved where it is said anew, from the next bar on: the stop to 0.5 below the entry', () => {
    const falls = bars(still, still, [50, 50, 49.5, 50], [50, 50, 49, 49])
    const run = play(falls, [{ target: 1, stopLoss: 5 }, undefined, { target: 1, stopLoss: 0.5 }])
    expect(fillsOf(run)[1]).toEqual([3, -1, 49.5, 'stop-loss'])
  })

  it('is taken away by null, and stays while nothing is said of it', () => {
    const falls = bars(still, still, still, [50, 50, 45, 46])
    expect(fillsOf(play(falls, [{ target: 1, stopLoss: 2 }, undefined, 1]))).toHaveLength(2)
    expect(fillsOf(play(falls, [{ target: 1, stopLoss: 2 }, undefined, { target: 1, stopLoss: null }]))).toHaveLength(1)
  })

  it('follows the best close: trailing 2 behind 55', () => {
    const run = play(bars(still, [50, 55, 50, 55], [54, 54, 52, 52]), [{ target: 1, trailingStop: 2 }])
    expect(fillsOf(run)[1]).toEqual([2, -1, 52.9, 'trailing-stop'])
  })

  it('leaves an exit at a limit nothing to sell where the stop was first', () => {
    const run = play(bars(still, still, [50, 50, 47, 48], [48, 60, 48, 60]), [
      { target: 1, stopLoss: 2 },
      { target: 0, limit: 55 },
    ])
    expect(fillsOf(run)).toEqual([
      [1, 1, 50.1, 'decision'],
      [2, -1, 48, 'stop-loss'],
    ])
    expect([...run.lots]).toEqual([0, 1, 0, 0])
  })

  it('does not bring a stopped position back, but an entry that is said again does', () => {
    const prices = bars(still, [50, 50, 47, 50], still, still)
    const guarded = { target: 1, stopLoss: 2 }
    expect([...play(prices, [guarded, guarded, guarded]).lots]).toEqual([0, 0, 0, 0])
    const entered = { target: 1, limit: 50, stopLoss: 2 }
    expect([...play(prices, [entered, entered, entered]).lots]).toEqual([0, 0, 1, 1])
  })

  it('is that of the command line where the strategy says nothing', () => {
    const run = play(bars(still, still, [50, 50, 45, 46]), [{ target: 1, tag: 'dip' }], { stopLoss: 2 })
    expect(fillsOf(run)[1]).toEqual([2, -1, 48, 'stop-loss'])
  })
})

describe('what is no order', () => {
  it.each<[Record<string, unknown>, string, RegExp]>([
    [{ target: 1, limit: Number.NaN }, 'BAD_ORDER', /returned limit NaN at the close of 2020-01-01 \(bar 0\)/],
    [{ target: 1, stopLoss: -1 }, 'BAD_ORDER', /returned stopLoss -1/],
    [{ target: 1, timeInForce: 'week' }, 'BAD_ORDER', /returned timeInForce "week"/],
    [{ target: 1, entry: 'limit' }, 'BAD_ORDER', /returned entry "limit"/],
    [{ target: 1, limitt: 3 }, 'BAD_TARGET', /returned a field limitt/],
    [{ limit: 3 }, 'BAD_TARGET', /an object without a target/],
  ])('%j is refused', (returned, code, message) => {
    const untyped = returned as unknown as OrderedTarget // a module in JavaScript may return anything
    const run = (): unknown => play(bars(still, still), [untyped])
    expect(run).toThrow(expect.objectContaining({ code, kind: 'refused' }))
    expect(run).toThrow(message)
  })

  it('has to be declared', () => {
    const undeclared = userStrategy({ onBar: () => ({ target: 1, limit: 3 }) }, 'mine.ts', () => null)
    expect(() => runBacktest(bars(still, still), undeclared, {}, settings())).toThrow(
      /returned limit, which names orders/,
    )
  })

  it('is not traded by the lean path, which knows none', () => {
    const named = strategyOf((ctx) => (ctx.bar === 0 ? { target: 1, limit: 48.5 } : undefined))
    expect(createCellRunner(plainly(bars(still, still)), named, settings()).kind).toBe('engine')
  })
})

describe('any orders that a strategy names', () => {
  const cents = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max }).map((n) => n / 4)
  const distance = fc.option(cents(1, 20), { nil: null })
  const returned: fc.Arbitrary<Returned> = fc.oneof(
    fc.constantFrom(undefined, -1, 0, 1),
    fc.record(
      {
        target: fc.constantFrom(-1, 0, 1),
        limit: cents(-40, 40),
        stop: cents(-40, 40),
        timeInForce: fc.constantFrom('day' as const, 'gtd:3' as const),
        stopLoss: distance,
        takeProfit: distance,
        trailingStop: distance,
      },
      { requiredKeys: ['target'] },
    ),
  )
  const bar = fc.tuple(cents(-40, 40), cents(-40, 40), cents(0, 8), cents(0, 8))

  it('never hold more than a lot, add up, and cost what they cost, whatever is said on whatever bars', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(bar, returned), { minLength: 3, maxLength: 40 }),
        fc.constantFrom(undefined, 2),
        (rows, stopLoss) => {
          const prices = bars(
            ...rows.map(
              ([[open, close, above, below]]) =>
                [open, Math.max(open, close) + above, Math.min(open, close) - below, close] as const,
            ),
          )
          const others = { initialCapitalUsd: 1e9, stopLoss: stopLoss ?? null }
          const run = play(
            prices,
            rows.map(([, what]) => what),
            others,
          )
          expect(Math.max(...run.lots.map(Math.abs))).toBeLessThanOrEqual(1)
          expect(run.fills.lots.reduce((sum, lots) => sum + lots, 0)).toBe(run.lots[run.lots.length - 1])
          const net = run.equityUsd[run.equityUsd.length - 1] - 1e9
          expect(run.grossUsd - net).toBeCloseTo(run.slippageUsd, 4)
          const { placed, filled, cancelled, expired } = run.orders
          expect([0, 1, 2]).toContain(placed - filled - cancelled - expired)
        },
      ),
      { seed: 21, numRuns: 1500 },
    )
  })
})
