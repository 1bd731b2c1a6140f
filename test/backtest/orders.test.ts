import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PriceBars } from '../../src/lib/backtest/price-bars.js'
import { FILL_REASONS } from '../../src/lib/backtest/records.js'
import { runBacktest, type BacktestSettings } from '../../src/lib/backtest/run-backtest.js'
import type { Target } from '../../src/lib/backtest/strategy.js'
import { parseTimeInForce } from '../../src/lib/execution/time-in-force.js'
import { barsOf, settings } from './golden-bars.js'
import { scripted } from './scripted.js'

/** Bars of open, high, low, close, and optionally volume, a day each from 2020-01-01. */
function bars(rows: readonly (readonly number[])[]): PriceBars {
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at])
  const plain = barsOf([...column(0)], [...column(3)])
  return { ...plain, high: column(1), low: column(2), volume: rows[0].length > 4 ? column(4) : undefined }
}

const play = (prices: PriceBars, targets: readonly Target[], others: Partial<BacktestSettings> = {}) =>
  runBacktest(prices, scripted(targets), {}, settings({ slippagePrice: 0.1 }, others))

const fillsOf = ({ fills }: ReturnType<typeof play>): (readonly [number, number, number])[] =>
  Array.from(fills.bar, (bar, f) => [bar, fills.lots[f], Math.round(fills.price[f] * 1e9) / 1e9] as const)

const day = { kind: 'day' } as const

describe('an entry by limit', () => {
  const falling = bars([
    [50, 50, 50, 50],
    [50, 51, 49.5, 50],
    [50, 50, 48, 49],
    [49, 49, 47, 48],
  ])

  it('waits for its price, pays it, and never slips', () => {
    expect(fillsOf(play(falling, [1, 1, 1, 1], { entry: 'limit', entryOffset: 1 }))).toEqual([[2, 1, 49]])
  })

  it('is filled better at an open below it', () => {
    const gap = bars([
      [50, 50, 50, 50],
      [45, 46, 44, 45],
    ])
    expect(fillsOf(play(gap, [1, 1], { entry: 'limit', entryOffset: 1 }))).toEqual([[1, 1, 45]])
  })

  it('expires with its session under DAY, and is not renewed until the target changes', () => {
    const run = play(falling, [1, 1, 1, 1], { entry: 'limit', entryOffset: 1, timeInForce: day })
    expect(fillsOf(run)).toEqual([])
    expect(run.orders).toMatchObject({ placed: 1, expired: 1, filled: 0 })
  })

  it('is placed anew from each close where the rules renew it: 49 under 50, and 48 under 49 on the next day', () => {
    const lower = bars([
      [50, 50, 50, 50],
      [50, 51, 49.5, 49],
      [49, 49, 47.5, 48],
      [48, 48, 47, 47],
    ])
    const run = play(lower, [1, 1, 1, 1], { entry: 'limit', entryOffset: 1, timeInForce: day, renew: true })
    expect(fillsOf(run)).toEqual([[2, 1, 48]])
    expect(run.orders).toMatchObject({ placed: 2, expired: 1, filled: 1, cancelled: 0 })
  })

  it('is not renewed once a stop has taken the position out', () => {
    const rules = { entry: 'limit', entryOffset: 1, timeInForce: day, renew: true, stopLoss: 1 } as const
    const run = play(
      bars([
        [50, 50, 50, 50],
        [50, 50, 47, 50],
        [50, 50, 47, 50],
        [50, 50, 47, 50],
      ]),
      [1, 1, 1, 1],
      rules,
    )
    expect(fillsOf(run).map(([bar, lots]) => [bar, lots])).toEqual([
      [1, 1],
      [1, -1],
    ])
  })

  it('works through the day that GTD says: two calendar days after the decision are the fill of bar 2', () => {
    const gtd = (text: string) => {
      const timeInForce = parseTimeInForce(text)
      if (timeInForce === null) throw new Error(text)
      return play(falling, [1, 1, 1, 1], { entry: 'limit', entryOffset: 1, timeInForce }).orders.filled
    }
    expect([gtd('gtd:1'), gtd('gtd:2')]).toEqual([0, 1])
  })

  it('is cancelled where the strategy changes its mind before', () => {
    const run = play(falling, [1, 0, 0, 0], { entry: 'limit', entryOffset: 1 })
    expect(run.orders).toMatchObject({ placed: 1, cancelled: 1, filled: 0 })
    expect(fillsOf(run)).toEqual([])
  })

  it('leaves what takes a position out at the market: a reversal is sold at once and bought on the limit', () => {
    const run = play(
      bars([
        [50, 50, 50, 50],
        [50, 50, 49, 50],
        [50, 52, 50, 51],
        [51, 53, 51, 53],
      ]),
      [1, -1, -1, -1],
      { entry: 'limit', entryOffset: 1 },
    )
    // In at 49; out at the open of 50 less slippage; short at the limit of 51.
    expect(fillsOf(run)).toEqual([
      [1, 1, 49],
      [2, -1, 49.9],
      [2, -1, 51],
    ])
  })
})

describe('an entry by stop', () => {
  const rising = bars([
    [50, 50, 50, 50],
    [50, 52, 50, 51.5],
    [55, 56, 54, 55],
  ])

  it('is bought above the market, with slippage', () => {
    expect(fillsOf(play(rising, [1, 1, 1], { entry: 'stop', entryOffset: 1 }))).toEqual([[1, 1, 51.1]])
  })

  it('is filled at the open of a gap, not at the stop', () => {
    expect(fillsOf(play(rising, [1, 1, 1], { entry: 'stop', entryOffset: 3 }))).toEqual([[2, 1, 55.1]])
  })

  it('with a limit is not filled beyond it, and is when the price comes back', () => {
    const back = bars([
      [50, 50, 50, 50],
      [55, 56, 54, 55],
      [55, 55, 52, 53],
    ])
    const run = play(back, [1, 1, 1], { entry: 'stop-limit', entryOffset: 2, entryLimitOffset: 0.5 })
    expect(fillsOf(run)).toEqual([[2, 1, 52.5]])
  })
})

describe('a bracket around an entry inside the bar', () => {
  it('may be hit in the same bar: low first takes the entry and then the profit, high first does not', () => {
    const wild = bars([
      [50, 50, 50, 50],
      [50, 53, 48, 50.5],
    ])
    const rules = { entry: 'limit', entryOffset: 1, takeProfit: 2, stopLoss: 5 } as const
    const worst = play(wild, [1, 1], rules)
    const best = play(wild, [1, 1], { ...rules, intrabar: 'best' })
    expect(fillsOf(worst)).toEqual([[1, 1, 49]])
    expect(fillsOf(best)).toEqual([
      [1, 1, 49],
      [1, -1, 51],
    ])
    expect([worst.ambiguousBars, best.ambiguousBars]).toEqual([1, 1])
    // Still long at 50.50 against out at 51.
    expect([worst.equityUsd[1], best.equityUsd[1]]).toEqual([1_001_500, 1_002_000])
  })

  it('is not ambiguous where the way to the entry leads through nothing else', () => {
    const fell = bars([
      [50, 50, 50, 50],
      [50, 50.5, 46, 47],
    ])
    const run = play(fell, [1, 1], { entry: 'limit', entryOffset: 1, stopLoss: 2, takeProfit: 5 })
    // In at 49, out at 47 less slippage, whichever way round the bar went.
    expect(fillsOf(run)).toEqual([
      [1, 1, 49],
      [1, -1, 46.9],
    ])
    expect(run.ambiguousBars).toBe(0)
  })

  it('never counts as an excursion what the bar did before the entry', () => {
    const run = play(
      bars([
        [50, 50, 50, 50],
        [50, 60, 49, 49.5],
        [49.5, 50, 49.5, 50],
      ]),
      [1, 0, 0],
      { entry: 'limit', entryOffset: 1 },
    )
    expect(run.trades.bestUsd[0]).toBeLessThan(1000)
  })

  it('records why a position was taken out', () => {
    const run = play(
      bars([
        [50, 50, 50, 50],
        [50, 50, 50, 50],
        [50, 54, 50, 54],
        [54, 54, 50, 50],
      ]),
      [1, 1, 1, 1],
      { trailingStop: 3 },
    )
    expect(Array.from(run.fills.reason, (reason) => FILL_REASONS[reason])).toEqual(['decision', 'trailing-stop'])
    // 54 is the best close; out at 51 less slippage.
    expect(run.fills.price[1]).toBeCloseTo(50.9, 12)
  })
})

describe('a share of the volume', () => {
  const thin = bars([
    [50, 50, 50, 50, 100],
    [50, 50, 50, 50, 40],
    [51, 51, 51, 51, 40],
    [52, 52, 52, 52, 100],
    [53, 53, 53, 53, 100],
  ])

  it('fills what it may and carries the rest: a tenth of 40, of 40, of 100', () => {
    const run = play(thin, [1, 1, 1, 1, 1], { lots: 15, maxVolumeShare: 0.1 })
    expect(fillsOf(run)).toEqual([
      [1, 4, 50.1],
      [2, 4, 51.1],
      [3, 7, 52.1],
    ])
    expect(run.orders).toMatchObject({ placed: 1, filled: 1, partialFills: 2 })
    expect(run.open?.entryPrice).toBeCloseTo((4 * 50.1 + 4 * 51.1 + 7 * 52.1) / 15, 9)
  })

  it('cancels the rest at the end of the session under DAY', () => {
    const run = play(thin, [1, 1, 1, 1, 1], { lots: 15, maxVolumeShare: 0.1, timeInForce: day })
    expect(fillsOf(run)).toEqual([[1, 4, 50.1]])
    expect(run.orders).toMatchObject({ placed: 1, filled: 0, partialFills: 1, expired: 1 })
  })

  it('takes a position out over several bars, whatever the time in force', () => {
    const run = play(thin, [1, 0, 0, 0, 0], { lots: 4, maxVolumeShare: 0.05, timeInForce: day })
    // Two in on bar 1, the rest expires; two out on bar 2.
    expect(fillsOf(run).map(([, lots]) => lots)).toEqual([2, -2])
  })

  it('lets a stop fill in parts, at the next open for the rest', () => {
    const run = play(
      bars([
        [50, 50, 50, 50, 1000],
        [50, 50, 50, 50, 1000],
        [50, 50, 47, 47, 30],
        [46, 46, 46, 46, 1000],
      ]),
      [1, 1, 1, 1],
      { lots: 5, maxVolumeShare: 0.1, stopLoss: 2 },
    )
    expect(fillsOf(run)).toEqual([
      [1, 5, 50.1],
      [2, -3, 48],
      [3, -2, 45.9],
    ])
    expect(run.trades.lots).toHaveLength(2)
  })

  it('fills nothing where nothing was traded, or the volume is not known', () => {
    const none = { ...thin, volume: Float64Array.of(100, 0, Number.NaN, 100, 100) }
    expect(fillsOf(play(none, [1, 1, 1, 1, 1], { lots: 5, maxVolumeShare: 0.1 }))).toEqual([[3, 5, 52.1]])
  })
})

describe('margin', () => {
  it('rejects what equity does not cover, closes all the same, and goes on', () => {
    const flat = barsOf([50, 50, 50, 50, 50], [50, 50, 50, 50, 50])
    const initialMarginUsd = new Float64Array(5).fill(6000)
    const run = runBacktest(
      flat,
      scripted([1, -1, 0, 0, 0]),
      {},
      settings({}, { initialCapitalUsd: 10_000, lots: 1 }),
      // two lots would need 12,000
      { initialMarginUsd },
    )
    expect([...run.lots]).toEqual([0, 1, -1, 0, 0])
    const two = runBacktest(flat, scripted([1, 2, 2, 0, 0]), {}, settings({}, { initialCapitalUsd: 10_000 }), {
      initialMarginUsd,
    })
    expect([...two.lots]).toEqual([0, 1, 1, 1, 0])
    expect(two.orders.rejected).toBe(1)
  })
})

describe('any orders over any bars', () => {
  const price = fc.integer({ min: -3000, max: 9000 }).map((cents) => cents / 100)
  const bar = fc.tuple(price, price, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
  const rules = fc.record({
    entry: fc.constantFrom('market', 'market-on-close', 'limit', 'stop', 'stop-limit'),
    entryOffset: fc.integer({ min: 0, max: 200 }).map((cents) => cents / 100),
    entryLimitOffset: fc.integer({ min: 0, max: 100 }).map((cents) => cents / 100),
    timeInForce: fc.constantFrom(day, { kind: 'gtc' } as const, { kind: 'gtd', days: 2 } as const),
    renew: fc.boolean(),
    maxVolumeShare: fc.constantFrom(null, 0.05, 0.5),
    stopLoss: fc.constantFrom(null, 1.5),
    takeProfit: fc.constantFrom(null, 2),
    trailingStop: fc.constantFrom(null, 1),
    intrabar: fc.constantFrom('worst', 'best'),
    fill: fc.constantFrom('next-open', 'next-close'),
    lots: fc.integer({ min: 1, max: 9 }),
  })
  const history = fc.array(fc.tuple(bar, fc.constantFrom<Target>(-1, 0, 1)), { minLength: 4, maxLength: 50 })
  const barsOfHistory = (rows: readonly (readonly [readonly number[], Target])[]): PriceBars =>
    bars(
      rows.map(([[open, close, above, below]]) => [
        open,
        Math.max(open, close) + above / 100,
        Math.min(open, close) - below / 100,
        close,
        100,
      ]),
    )

  it('cost what they cost: gross − net is the sum of the parts, to a millionth of a dollar', () => {
    fc.assert(
      fc.property(history, rules, (rows, others) => {
        const costs = {
          commissionUsdPerLot: 2.5,
          slippageFraction: 0.001,
          bidAsk: 0.02,
          impact: 0.5,
          slippageVolatility: 0.1,
        }
        const how = settings(costs, { initialCapitalUsd: 1e9, ...others })
        const run = runBacktest(barsOfHistory(rows), scripted(rows.map(([, target]) => target)), {}, how)
        const net = run.equityUsd[run.equityUsd.length - 1] - 1e9
        const parts = run.commissionUsd + run.slippageUsd + run.impactUsd + run.rollUsd
        expect(Math.abs(run.grossUsd - net - parts)).toBeLessThan(1e-6 * Math.max(1, Math.abs(net)))
        expect(Math.min(run.commissionUsd, run.slippageUsd, run.impactUsd)).toBeGreaterThanOrEqual(0)
        // What is held is what was filled, and each order is somewhere.
        expect(run.fills.lots.reduce((sum, lots) => sum + lots, 0)).toBe(run.lots[run.lots.length - 1])
        const { placed, filled, cancelled, expired } = run.orders
        expect(placed - filled - cancelled - expired).toBeGreaterThanOrEqual(0)
        expect(placed - filled - cancelled - expired).toBeLessThanOrEqual(2)
      }),
      { seed: 11, numRuns: 400 },
    )
  })

  it('do not see that all prices are moved by 64', () => {
    fc.assert(
      fc.property(history, rules, (rows, others) => {
        const sixtyFourths = (values: Float64Array): Float64Array => values.map((value) => Math.round(value * 64) / 64)
        const grid = barsOfHistory(rows)
        const [open, high, low, close] = [grid.open, grid.high, grid.low, grid.close].map(sixtyFourths)
        const plain = { ...grid, open, high, low, close }
        const moved = {
          ...grid,
          open: open.map((value) => value - 64),
          high: high.map((value) => value - 64),
          low: low.map((value) => value - 64),
          close: close.map((value) => value - 64),
        }
        const exact = {
          ...others,
          entryOffset: Math.round(others.entryOffset * 64) / 64,
          entryLimitOffset: 0.25,
          trailingStop: null,
        }
        const how = settings(
          { commissionUsdPerLot: 2.5, slippagePrice: 1 / 64 },
          { initialCapitalUsd: 2 ** 30, ...exact },
        )
        const targets = scripted(rows.map(([, target]) => target))
        const here = runBacktest(plain, targets, {}, how)
        const there = runBacktest(moved, targets, {}, how)
        expect([...there.lots]).toEqual([...here.lots])
        expect(Math.max(...here.equityUsd.map((value, i) => Math.abs(value - there.equityUsd[i])))).toBeLessThan(1e-5)
      }),
      { seed: 12, numRuns: 200 },
    )
  })

  it('lie between the bounds on a bar with one decision: the best path never leaves less than the worst', () => {
    fc.assert(
      fc.property(bar, rules, ([open, close, above, below], others) => {
        const rows: (readonly [readonly number[], Target])[] = [
          [[open, open, 0, 0], 1],
          [[open, close, above, below], 1],
        ]
        const run = (intrabar: 'worst' | 'best') =>
          runBacktest(barsOfHistory(rows), scripted([1, 1]), {}, settings({}, { ...others, intrabar })).equityUsd[1]
        expect(run('best')).toBeGreaterThanOrEqual(run('worst'))
      }),
      { seed: 13, numRuns: 300 },
    )
  })
})
