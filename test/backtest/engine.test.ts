import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAssertion, parseAssertion } from '../../src/lib/backtest/assertion.js'
import { checkBars } from '../../src/lib/backtest/check-bars.js'
import { checkCapital } from '../../src/lib/backtest/check-capital.js'
import { guardAgainstLookAhead } from '../../src/lib/backtest/look-ahead-guard.js'
import { plainInstrument, type TradedInstrument } from '../../src/lib/backtest/traded-instrument.js'
import { NO_COSTS } from '../../src/lib/execution/costs.js'
import { parseStrategyParameters } from '../../src/lib/backtest/parse-strategy-parameters.js'
import { barsUntil, type PriceBars } from '../../src/lib/backtest/price-bars.js'
import { runBacktest, type BacktestSettings } from '../../src/lib/backtest/run-backtest.js'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import { FILL_REASONS } from '../../src/lib/backtest/records.js'
import { runAccount } from '../../src/lib/backtest/run-account.js'
import type { Strategy, Target } from '../../src/lib/backtest/strategy.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { ON_BARS_ALONE } from './on-bars-alone.js'
import { barsOf, goldenBars, plainly, readGolden, settings } from './golden-bars.js'

/** Holds what a list says, from the close of each bar on. */
function scripted(targets: readonly Target[]): Strategy {
  return {
    name: 'scripted',
    summary: '',
    rule: '',
    parameters: [],
    firstDecisionBar: () => 0,
    prepare: () => (bar, held) => targets[bar] ?? held,
  }
}

const play = (bars: PriceBars, targets: readonly Target[], how: BacktestSettings = settings()) =>
  runBacktest(bars, scripted(targets), {}, how)

describe('ten bars through −37.63', () => {
  const golden = readGolden<{
    open: number[]
    close: number[]
    expected: { equity: number[]; tradePnl: number }
  }>('wti_negative_price.json')
  const bars = barsOf(golden.open, golden.close)
  const targets: Target[] = [0, 1, 1, 1, 1, 1, 0, 0, 0, 0]

  it('has the equity worked out by hand: bought at 21.50, sold at 16.60, −4,900', () => {
    const run = play(bars, targets)
    expect([...run.equityUsd]).toEqual(golden.expected.equity)
    expect(run.trades.grossUsd[0]).toBeCloseTo(golden.expected.tradePnl, 9)
  })

  it('makes a buyer at −14 pay −13.99 and not −14.14, in price units and as a fraction', () => {
    const late: Target[] = [0, 0, 0, 0, 1]
    expect(play(bars, late, settings({ slippagePrice: 0.01 })).fills.price[0]).toBe(-13.99)
    const fraction = play(bars, late, settings({ slippageFraction: 0.01 }))
    expect(fraction.fills.price[0]).toBeCloseTo(-13.86, 12)
    expect(fraction.slippageUsd).toBeCloseTo(140, 9)
  })
})

describe('invariance', () => {
  const shifted = (bars: PriceBars, by: number, factor = 1): PriceBars => ({
    timeMs: bars.timeMs,
    open: bars.open.map((price) => factor * price + by),
    high: bars.high.map((price) => factor * price + by),
    low: bars.low.map((price) => factor * price + by),
    close: bars.close.map((price) => factor * price + by),
  })
  const costs = { commissionUsdPerLot: 2.5, slippagePrice: 0.01 }
  /** Multiples of 1/64, so that moving them by a whole number or doubling them is exact. */
  const exact = ((bars: PriceBars): PriceBars => {
    const grid = (values: Float64Array): Float64Array => values.map((price) => Math.round(price * 64) / 64)
    return {
      timeMs: bars.timeMs,
      open: grid(bars.open),
      high: grid(bars.high),
      low: grid(bars.low),
      close: grid(bars.close),
    }
  })(goldenBars())

  it.each(ON_BARS_ALONE.map((strategy) => [strategy.name, strategy] as const))(
    '%s: prices moved below zero leave equity as it is',
    (name, strategy) => {
      // The sign of a calendar spread is what its carry is told by.
      const values = parseStrategyParameters(strategy, name === 'calendar-spread' ? ['--carry', 'any'] : [])
      const above = runBacktest(exact, strategy, values, settings(costs))
      const below = runBacktest(shifted(exact, -128), strategy, values, settings(costs))
      expect(below.lots).toEqual(above.lots)
      const worst = above.equityUsd.reduce((most, value, i) => Math.max(most, Math.abs(value - below.equityUsd[i])), 0)
      expect(worst).toBeLessThan(1e-6)
    },
  )

  it('twice the prices at half the multiplier is the same money', () => {
    for (const strategy of ON_BARS_ALONE) {
      const values = parseStrategyParameters(strategy, [])
      const once = runBacktest(exact, strategy, values, settings({ commissionUsdPerLot: 2.5 }))
      const twice = runBacktest(
        shifted(exact, 0, 2),
        strategy,
        values,
        settings({ commissionUsdPerLot: 2.5 }, { multiplier: 500 }),
      )
      expect(twice.equityUsd).toEqual(once.equityUsd)
    }
  })
})

describe('look-ahead', () => {
  const bars = goldenBars()

  it('is in no strategy: the past is the same wherever the future is cut off', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ON_BARS_ALONE), fc.integer({ min: 1, max: 600 }), (strategy, length) => {
        const values = parseStrategyParameters(strategy, [])
        const whole = runBacktest(bars, strategy, values, settings())
        const cut = runBacktest(barsUntil(bars, length), strategy, values, settings())
        expect([...cut.equityUsd]).toEqual([...whole.equityUsd.subarray(0, length)])
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it('is found with its first bar, and recomputes at most a fifth of the bars', () => {
    const peeking: Strategy = {
      ...scripted([]),
      name: 'peeking',
      prepare:
        ({ close }) =>
        (bar, held) =>
          bar + 7 < close.length ? (close[bar + 7] > close[bar] ? 1 : -1) : held,
    }
    const run = runBacktest(bars, peeking, {}, settings())
    expect(() =>
      guardAgainstLookAhead([plainly(bars)], peeking, {}, settings(), run, seededRng(1, 'look-ahead')),
    ).toThrow(/looks ahead: on 20\d\d-/)
    const honest = strategyNamed('ma-crossover')
    const values = parseStrategyParameters(honest, [])
    const fair = runBacktest(bars, honest, values, settings())
    const guard = guardAgainstLookAhead([plainly(bars)], honest, values, settings(), fair, seededRng(1, 'look-ahead'))
    expect(guard.cutBars).toHaveLength(5)
    expect(guard.recomputedShare).toBeLessThanOrEqual(0.2)
  })
})

describe('a target between and beyond −1 and 1', () => {
  it('is the nearest whole number of lots of full size: 10 lots × 0.25, −0.66, 1.5', () => {
    const flat = [10, 10, 10, 10, 10]
    const run = play(barsOf(flat, flat), [0.25, -0.66, 1.5, 0.04, 0], settings({}, { lots: 10 }))
    expect([...run.lots]).toEqual([0, 3, -7, 15, 0])
    expect([...run.fills.lots]).toEqual([3, -10, 22, -15])
  })

  it('trades nothing while it stands for the same lots', () => {
    const flat = [10, 10, 10, 10, 10]
    const run = play(barsOf(flat, flat), [0.6, 0.9, 1.2, 0.7, 0.5], settings({ commissionUsdPerLot: 2.5 }))
    expect([...run.fills.lots]).toEqual([1])
  })
})

describe('fills', () => {
  it('never happen on the bar of the decision', () => {
    const run = play(barsOf([10, 20, 30], [10, 20, 30]), [1, 1, 1])
    expect([run.fills.bar[0], run.fills.price[0]]).toEqual([1, 20])
  })

  it('take a reversal as a close and an open in one order: 2.50 a lot, three lots in all', () => {
    const run = play(
      barsOf([10, 11, 12, 13], [10, 11, 12, 13]),
      [1, -1, -1, -1],
      settings({ commissionUsdPerLot: 2.5 }),
    )
    expect([...run.fills.lots]).toEqual([1, -2])
    expect(run.commissionUsd).toBe(7.5)
    expect([...run.trades.netUsd]).toEqual([995])
    // Short from 12 at 13, one lot of 1000: −1,000; three lots of commission.
    expect(run.equityUsd[3]).toBe(1_000_000 + 1000 - 1000 - 7.5)
  })

  it('can be market on close', () => {
    const run = play(barsOf([10, 20, 30], [11, 21, 31]), [1, 1, 1], settings({}, { fill: 'next-close' }))
    expect([run.fills.bar[0], run.fills.price[0]]).toEqual([1, 21])
  })

  it('count a trade of exactly zero', () => {
    const run = play(barsOf([10, 10, 10, 10], [10, 10, 10, 10]), [1, 0, 0, 0])
    expect([...run.trades.netUsd]).toEqual([0])
  })

  it('stop the run where equity is gone: 1 lot from 50 to −60 with 100,000', () => {
    const run = play(barsOf([50, 50, -60, 70], [50, 50, -60, 70]), [1], settings({}, { initialCapitalUsd: 100_000 }))
    expect([...run.equityUsd]).toEqual([100_000, 100_000, -10_000])
    expect(run.ruinBar).toBe(2)
  })

  it('stop the run below the maintenance margin', () => {
    const how = settings({}, { initialCapitalUsd: 10_000, maintenanceMarginUsd: 6000 })
    expect(play(barsOf([50, 50, 45, 70], [50, 50, 45, 70]), [1], how).ruinBar).toBe(2)
  })
})

describe('stops and limits', () => {
  const bars = (rows: readonly (readonly [number, number, number, number])[]): PriceBars => ({
    ...barsOf(
      rows.map(([open]) => open),
      rows.map(([, , , close]) => close),
    ),
    high: Float64Array.from(rows, ([, high]) => high),
    low: Float64Array.from(rows, ([, , low]) => low),
  })
  const bracket = settings({ slippagePrice: 0.1 }, { stopLoss: 2, takeProfit: 3 })

  it('a stop fills at its price with slippage, and the position stays out until the strategy changes its mind', () => {
    const run = play(
      bars([
        [50, 50, 50, 50],
        [50, 51, 49, 50],
        [50, 50, 47, 48],
        [48, 60, 48, 60],
      ]),
      [1, 1, 1, 1],
      bracket,
    )
    // Entry 50.1, stop 48.1, paid 48.0.
    expect(run.fills.price[1]).toBeCloseTo(48, 12)
    expect([...run.lots]).toEqual([0, 1, 0, 0])
  })

  it('a gap through the stop fills at the open, not at the stop', () => {
    const run = play(
      bars([
        [50, 50, 50, 50],
        [50, 50, 50, 50],
        [40, 41, 39, 40],
      ]),
      [1, 1, 1],
      bracket,
    )
    expect(run.fills.price[1]).toBeCloseTo(39.9, 12)
  })

  it('a limit is filled at its price, or better at the open, and never slips', () => {
    const touched = play(
      bars([
        [50, 50, 50, 50],
        [50, 54, 50, 53],
      ]),
      [1, 1],
      bracket,
    )
    expect(touched.fills.price[1]).toBeCloseTo(53.1, 12)
    const gapped = play(
      bars([
        [50, 50, 50, 50],
        [50, 50, 50, 50],
        [60, 61, 59, 60],
      ]),
      [1, 1, 1],
      bracket,
    )
    expect(gapped.fills.price[1]).toBe(60)
  })

  it('both inside one bar: the worst by default, the best on demand, and the bar is counted', () => {
    const wild = bars([
      [50, 50, 50, 50],
      [50, 60, 40, 50],
    ])
    const worst = play(wild, [1, 1], bracket)
    const best = play(wild, [1, 1], { ...bracket, intrabar: 'best' })
    expect([worst.fills.price[1], best.fills.price[1]]).toEqual([50.1 - 2 - 0.1, 50.1 + 3])
    expect([worst.ambiguousBars, best.ambiguousBars]).toEqual([1, 1])
  })

  it('a short is stopped above, through zero too', () => {
    const run = play(
      bars([
        [1, 1, 1, 1],
        [-1, 0, -2, -1],
        [-1, 3, -1, 2],
      ]),
      [-1, -1, -1],
      settings({}, { stopLoss: 1.5 }),
    )
    expect([...run.fills.price]).toEqual([-1, 0.5])
  })

  it('a trailing stop follows the best close: 50, 55, then out at 53', () => {
    const run = play(
      bars([
        [50, 50, 50, 50],
        [50, 55, 50, 55],
        [54, 54, 52, 52],
      ]),
      [1, 1, 1],
      settings({}, { trailingStop: 2 }),
    )
    expect(run.fills.price[1]).toBe(53)
  })
})

describe('bad bars', () => {
  const good = barsOf([1, 2, 3], [1, 2, 3])
  it.each([
    ['a NaN', { ...good, close: Float64Array.of(1, Number.NaN, 3) }, /2020-01-02 lacks a price/],
    ['a low above its high', { ...good, low: Float64Array.of(1, 9, 3) }, /low 9 above its high 2/],
    ['a day twice', { ...good, timeMs: Float64Array.of(0, 0, 1) }, /1970-01-01 stands twice/],
    ['time that goes back', { ...good, timeMs: Float64Array.of(5, 4, 6) }, /comes after a later one/],
  ])('%s is refused with its date', (_, bars, message) => {
    expect(() => checkBars(bars)).toThrow(message)
  })

  it('a settlement outside the range is counted and not refused; negative prices are prices', () => {
    expect(checkBars({ ...barsOf([-1, -5], [-3, -6]), high: Float64Array.of(-1, -5.5) })).toMatchObject({
      outsideRange: 1,
    })
  })

  it('capital below the margin of the lots is refused', () => {
    const how = { initialCapitalUsd: 5000, lots: 2 }
    const costs = { commissionUsdPerLot: 2.5 }
    expect(() => checkCapital([plainly(good, costs, 3000)], how)).toThrow(/5000 USD of capital do not cover 2 lots/)
    expect(() => checkCapital([plainly(good, costs, 2000)], how)).not.toThrow()
    expect(() => checkCapital([plainly(good)], { ...how, initialCapitalUsd: 0 })).toThrow(/do not cover/)
  })
})

describe('assertions', () => {
  const names = ['sharpe', 'equity.final']
  it('hold or do not, and an undefined number fulfils nothing', () => {
    const check = (text: string, sharpe: number | null): boolean =>
      checkAssertion(parseAssertion(text, names), { sharpe }).holds
    expect([check('sharpe>=0.5', 0.5), check('sharpe > 0.5', 0.5), check('sharpe!=1', null)]).toEqual([
      true,
      false,
      false,
    ])
  })
  it('name the numbers there are', () => {
    expect(() => parseAssertion('sharp>=1', names)).toThrow(/there is no number sharp; there are sharpe, equity.final/)
    expect(() => parseAssertion('sharpe=>1', names)).toThrow(/NAME OPERATOR NUMBER/)
  })
})

describe('a roll', () => {
  /** One contract from 10, another from 13: two rolls, the first while flat. */
  const rolled = (): TradedInstrument => {
    const level = Float64Array.of(10, 10, 10, 10, 10)
    const price = Float64Array.of(9, 10, 10, 13, 13)
    const bars: PriceBars = {
      ...barsOf([...level], [...level]),
      open: level,
      high: level,
      low: level,
      close: level,
      price,
    }
    const costs = { ...NO_COSTS, commissionUsdPerLot: 2.5, slippagePrice: 0.01 }
    const [leg] = plainInstrument('CL', bars, 1000, costs, { initial: 0, maintenance: 0 }).legs
    const rolls = [
      { bar: 0, from: 202001, to: 202002, fromPrice: 9, toPrice: 10 },
      { bar: 2, from: 202002, to: 202003, fromPrice: 10, toPrice: 13 },
    ]
    const month = Int32Array.of(202001, 202002, 202002, 202003, 202003)
    return {
      name: 'CL',
      bars,
      settles: true,
      multiplier: 1000,
      legs: [{ ...leg, open: price, close: price, month, rolls }],
    }
  }
  const run = runAccount([rolled()], scripted([1, 1, 0, 0, 0]), {}, settings())

  it('is two recorded fills in two contracts, and nothing where nothing is held', () => {
    const { bar, lots, price, month, reason } = run.fills
    const rows = Array.from(bar, (at, i) => [at, lots[i], price[i], month[i], FILL_REASONS[reason[i]]])
    expect(rows).toEqual([
      [1, 1, 10.01, 202002, 'decision'],
      [2, -1, 9.99, 202002, 'roll'],
      [2, 1, 13.01, 202003, 'roll'],
      [3, -1, 12.99, 202003, 'decision'],
    ])
  })

  it('costs two fills, and its gap of 3 is no profit but all of the roll yield', () => {
    // Two commissions of 2.50 and two slippages of 10 USD; the trade bears them beside its own two fills.
    expect([run.rollsHeld, run.rollUsd, run.commissionUsd, run.slippageUsd]).toEqual([
      1,
      expect.closeTo(25, 9),
      5,
      expect.closeTo(20, 9),
    ])
    expect(Array.from(run.equityUsd, (usd) => Math.round(usd * 1e6) / 1e6)).toEqual([
      1_000_000, 999_987.5, 999_962.5, 999_950, 999_950,
    ])
    expect(run.trades.netUsd[0]).toBeCloseTo(-50, 9)
    expect([run.trades.entryMonth[0], run.trades.exitMonth[0], run.trades.rolls[0]]).toEqual([202002, 202003, 1])
    expect(run.grossUsd).toBeCloseTo(0, 9)
    expect(run.rollYieldUsd).toBe(-3000)
  })

  it('opens in the next contract what is opened at its settlement, and does not roll it', () => {
    const late = runAccount([rolled()], scripted([0, 1, 1, 1, 1]), {}, settings())
    expect([...late.fills.month, ...late.fills.price]).toEqual([202003, 13.01])
    expect(late.rollUsd).toBe(0)
    const reversed = runAccount([rolled()], scripted([1, -1, -1, -1, -1]), {}, settings())
    expect([...reversed.fills.month]).toEqual([202002, 202002, 202003])
    expect([...reversed.fills.lots]).toEqual([1, -1, -1])
  })

  it('carries guarding orders over at the same distance', () => {
    const guarded = runAccount(
      [rolled()],
      scripted([1, 1, 1, 1, 1]),
      {},
      settings({}, { stopLoss: 0.5, takeProfit: 0.5 }),
    )
    expect(guarded.trades.lots).toHaveLength(0)
    expect(guarded.lots[4]).toBe(1)
  })
})

describe('costs', () => {
  it('are never negative and explain gross − net exactly, whatever the prices', () => {
    const price = fc.integer({ min: -4000, max: 8000 }).map((cents) => cents / 100)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(price, price, fc.constantFrom<Target>(-1, 0, 1)), { minLength: 3, maxLength: 60 }),
        (rows) => {
          const run = play(
            barsOf(
              rows.map(([open]) => open),
              rows.map(([, close]) => close),
            ),
            rows.map(([, , target]) => target),
            settings({ commissionUsdPerLot: 2.5, slippageFraction: 0.001 }, { initialCapitalUsd: 1e9 }),
          )
          const net = (run.equityUsd.at(-1) ?? 0) - 1e9
          expect(Math.min(...run.fills.slippageUsd, 0)).toBe(0)
          expect(Math.abs(run.grossUsd - net - run.commissionUsd - run.slippageUsd)).toBeLessThan(1e-5)
        },
      ),
      { seed: 6, numRuns: 200 },
    )
  })
})
