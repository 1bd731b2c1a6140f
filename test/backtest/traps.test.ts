import { describe, expect, it } from 'vitest'
import { barsPerYear } from '../../src/lib/backtest/bars-per-year.js'
import { createCellRunner } from '../../src/lib/backtest/lean/cell-runner.js'
import { LEAN_METRICS } from '../../src/lib/backtest/lean/lean-metrics.js'
import { chainedStrategy } from '../../src/lib/backtest/lean/chained-strategy.js'
import { calendarReturns } from '../../src/lib/backtest/metrics/calendar-returns.js'
import { drawdownsOf } from '../../src/lib/backtest/metrics/drawdown.js'
import { measure } from '../../src/lib/backtest/metrics/measure.js'
import { performanceOf } from '../../src/lib/backtest/metrics/performance.js'
import { tradeGroup } from '../../src/lib/backtest/metrics/trade-group.js'
import { sessionEnds, sessionTimes, type PriceBars } from '../../src/lib/backtest/price-bars.js'
import { FILL_REASONS } from '../../src/lib/backtest/records.js'
import { runAccount } from '../../src/lib/backtest/run-account.js'
import { runBacktest, type BacktestSettings } from '../../src/lib/backtest/run-backtest.js'
import { conventionsOf } from '../../src/lib/backtest/run-conventions.js'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import type { Strategy, Target } from '../../src/lib/backtest/strategy.js'
import { plainInstrument, type TradedInstrument } from '../../src/lib/backtest/traded-instrument.js'
import { addCash, cashUsd, type Cash } from '../../src/lib/execution/account.js'
import { NO_COSTS, type CostModel } from '../../src/lib/execution/costs.js'
import { isoFromDay } from '../../src/lib/kernel/day.js'
import { continuousSeries } from '../../src/lib/market/continuous.js'
import { sessionDays } from '../../src/lib/market/session-days.js'
import { walkForwardFolds } from '../../src/lib/optimize/folds/walk-forward.js'
import { positionPnl } from '../../src/lib/risk/portfolio/book-changes.js'
import { rollingMean } from '../../src/lib/signals/rolling/rolling-mean.js'
import { day } from '../market/market.js'
import { account, curveOf, instrumentsOf, market } from './curve-desk.js'
import { flatRun } from './flat-run.js'
import { barsOf, plainly, settings } from './golden-bars.js'
import { scripted } from './scripted.js'

// The twelve ways in which known engines are wrong, each with numbers that a person can check by hand: one lot is 1,000 of a
// unit, so that 1.00 of price is 1,000 USD, and the capital is a million unless it is said.

/** Bars of open, high, low, close, a day each. */
function bars(...rows: readonly (readonly [open: number, high: number, low: number, close: number])[]): PriceBars {
  const plain = barsOf(
    rows.map(([open]) => open),
    rows.map(([, , , close]) => close),
  )
  return { ...plain, high: Float64Array.from(rows, (row) => row[1]), low: Float64Array.from(rows, (row) => row[2]) }
}

/** Bars that open, stay and close at one price. */
const at = (...prices: readonly number[]): PriceBars => barsOf(prices, prices)

const play = (
  prices: PriceBars,
  targets: readonly Target[],
  costs: Partial<CostModel> = {},
  others: Partial<BacktestSettings> = {},
) => runBacktest(prices, scripted(targets), {}, settings(costs, others))

const fillsOf = ({ fills }: ReturnType<typeof play>): number[][] =>
  Array.from(fills.bar, (bar, f) => [bar, fills.lots[f], Number(fills.price[f].toFixed(9))])

const figures = (equityUsd: readonly number[], initialUsd = equityUsd[0]): Record<string, number | null> =>
  measure(performanceOf(flatRun(Float64Array.from(equityUsd)), initialUsd, null))

describe('1 same-bar fills', () => {
  const prices = barsOf([10, 20, 30], [11, 21, 31])

  it('do not happen: decided at the close of 11, bought at the next open, 20', () => {
    expect(fillsOf(play(prices, [1]))).toEqual([[1, 1, 20]])
  })

  it('happen only under a flag that the result prints: bought at 11', () => {
    const rules = settings({}, { fill: 'same-close' })
    expect(fillsOf(runBacktest(prices, scripted([1]), {}, rules))).toEqual([[0, 1, 11]])
    expect(conventionsOf(rules)['fill']).toBe('at the close that was decided on, which no trader gets')
  })
})

describe('2 reversals', () => {
  const run = play(at(10, 11, 12, 13), [1, -1, 0], { commissionUsdPerLot: 2.5, slippagePrice: 0.01 })

  it('are one order of two lots, a close and an open: two round trips, the second from the new price', () => {
    expect([...run.fills.lots]).toEqual([1, -2, 1])
    expect([...run.trades.lots]).toEqual([1, -1])
    expect([run.trades.entryPrice[1], run.trades.exitPrice[1]]).toEqual([11.99, 13.01])
  })

  it('pay commission on each lot once, those that open from flat too: 1 + 2 + 1 lots of 2.50', () => {
    expect([...run.fills.commissionUsd]).toEqual([2.5, 5, 2.5])
    // +1,000 − 1,000, less 4 × 2.50 and 4 × 10 USD.
    expect(run.equityUsd[3]).toBeCloseTo(1_000_000 - 10 - 40, 9)
    expect(run.trades.netUsd[0]).toBeCloseTo(980 - 5, 9)
    expect(run.trades.netUsd[1]).toBeCloseTo(-1020 - 5, 9)
  })
})

describe('3 slippage', () => {
  it('of 1 % at −14 is paid by buyer and seller: −13.86 and −14.14', () => {
    expect(fillsOf(play(at(-14, -14), [1], { slippageFraction: 0.01 }))).toEqual([[1, 1, -13.86]])
    expect(fillsOf(play(at(-14, -14), [-1], { slippageFraction: 0.01 }))).toEqual([[1, -1, -14.14]])
  })

  it('is charged once: a round trip at one price loses 2 × 140 USD', () => {
    const run = play(at(-14, -14, -14), [1, 0], { slippageFraction: 0.01 })
    expect(run.slippageUsd).toBeCloseTo(280, 9)
    expect(run.equityUsd[2]).toBeCloseTo(1_000_000 - 280, 6)
  })
})

describe('4 zero and negative prices', () => {
  it('are prices: bought at 0, sold at −2, −2,000 USD', () => {
    const run = play(at(5, 0, -1, -2), [1, 1, 0])
    expect([run.trades.entryPrice[0], run.trades.exitPrice[0], run.trades.netUsd[0]]).toEqual([0, -2, -2000])
    expect([...run.equityUsd]).toEqual([1_000_000, 1_000_000, 999_000, 998_000])
  })

  it('returns are of equity: 5 to −2 of price is −0.2 % of the account', () => {
    const run = play(at(5, 0, -1, -2), [1, 1, 0])
    const { returns } = performanceOf(run, 1_000_000, null)
    expect(returns[2]).toBeCloseTo(998 / 999 - 1, 15)
  })

  it('fees in per cent are of |notional|: 0.1 % of 1,000 bbl at −14 is 14 USD', () => {
    expect(play(at(-14, -14), [1], { commissionFraction: 0.001 }).commissionUsd).toBeCloseTo(14, 12)
  })

  it('moving every price by −64 leaves equity as it is, with costs per lot', () => {
    const prices = [20.5, 21.25, 19, 20, 22.75, 21]
    const targets = [1, -1, 0, 1, 1]
    const costs = { commissionUsdPerLot: 2.5, slippagePrice: 0.0625 }
    const below = play(at(...prices.map((price) => price - 64)), targets, costs)
    expect([...below.equityUsd]).toEqual([...play(at(...prices), targets, costs).equityUsd])
  })

  it('a ratio adjustment through zero is refused by name', () => {
    const curve = curveOf('CL', [
      [day('2020-04-20'), 202005, -37.63],
      [day('2020-04-20'), 202006, 20.43],
      [day('2020-04-22'), 202006, 13.78],
    ])
    const rule = { kind: 'calendar', businessDaysBefore: 0 } as const
    expect(() => continuousSeries(market, curve, { roll: rule, adjust: 'ratio', rank: 1 })).toThrow(
      'CL settled at -37.63 on 2020-04-20: a ratio adjustment has no meaning',
    )
  })

  it('a log return through zero is refused by name', () => {
    const position = { id: 'CL', lots: 1, multiplier: 1000 }
    const changes = [Float64Array.of(-37.63), Float64Array.of(18.27)] as const
    expect(() => positionPnl(position, { days: Int32Array.of(day('2020-04-20')) }, ...changes, 10, 'log')).toThrow(
      'CL settled at -37.63 in the change to 2020-04-20: a log return has no meaning',
    )
  })
})

describe('5 drawdown', () => {
  it('has its first peak in the initial capital, in cash and per cent: −30,000 USD, −30 %', () => {
    const run = play(at(50, 50, 20, 40), [1], {}, { initialCapitalUsd: 100_000 })
    const [deepest] = drawdownsOf(performanceOf(run, 100_000, null))
    expect([deepest.depthUsd, deepest.depth]).toEqual([-30_000, expect.closeTo(-0.3, 12)])
    // An account that only ever was below its capital: its own first close is no peak.
    expect(figures([90_000, 95_000], 100_000)['maxDrawdownCash']).toBe(-10_000)
  })

  it('to nothing is ruin and stops the run: 1 lot from 50 to −60 with 100,000', () => {
    const run = play(at(50, 50, -60, 70), [1], {}, { initialCapitalUsd: 100_000 })
    expect([run.ruinBar, ...run.equityUsd]).toEqual([2, 100_000, 100_000, -10_000])
  })

  it('below the maintenance margin is ruin: 4,999 USD under a lot of 5,000', () => {
    const how = { initialCapitalUsd: 10_000, maintenanceMarginUsd: 5000 }
    expect(play(at(50, 50, 45, 60), [1], {}, how).ruinBar).toBeNull()
    expect(play(at(50, 50, 44.999, 60), [1], {}, how).ruinBar).toBe(2)
  })
})

describe('6 within the bar', () => {
  const bracket = { stopLoss: 2, takeProfit: 3 }
  const into = [50, 50, 50, 50] as const

  it('an open beyond the stop fills at the open: 40, not 48', () => {
    expect(fillsOf(play(bars(into, into, [40, 41, 39, 40]), [1], {}, bracket))[1]).toEqual([2, -1, 40])
  })

  it('an open beyond the limit fills at the open: 60, better than 53', () => {
    expect(fillsOf(play(bars(into, into, [60, 61, 59, 60]), [1], {}, bracket))[1]).toEqual([2, -1, 60])
  })

  it('a limit never fills worse than its limit, whatever the slippage', () => {
    const run = play(bars(into, into, [50, 54, 50, 54]), [1], { slippagePrice: 0.5 }, bracket)
    // In at 50.50, and the limit 3 above it.
    expect(fillsOf(run)[1]).toEqual([2, -1, 53.5])
  })

  it('both inside one bar: the stop first, 48, or the limit, 53, under the other path; the bar is counted', () => {
    const wild = bars(into, into, [50, 60, 40, 50])
    const worst = play(wild, [1], {}, bracket)
    const best = play(wild, [1], {}, { ...bracket, intrabar: 'best' })
    expect([worst.fills.price[1], best.fills.price[1]]).toEqual([48, 53])
    expect([worst.ambiguousBars, best.ambiguousBars]).toEqual([1, 1])
  })

  it('a DAY order expires with its session', () => {
    const late = bars(into, [50, 50, 49.5, 50], [50, 50, 45, 46])
    const entry = { entry: 'limit', entryOffset: 1 } as const
    expect(fillsOf(play(late, [1], {}, entry))).toEqual([[2, 1, 49]])
    const today = play(late, [1], {}, { ...entry, timeInForce: { kind: 'day' } })
    expect([fillsOf(today), today.orders.expired]).toEqual([[], 1])
  })
})

describe('7 rolls', () => {
  /** Holds contract A at 10, then B at 13: joined, nothing has moved. */
  const rolled = (): TradedInstrument => {
    const level = Float64Array.of(10, 10, 10, 10, 10)
    const price = Float64Array.of(10, 10, 10, 13, 13)
    const joined: PriceBars = { ...at(...level), price }
    const costs = { ...NO_COSTS, commissionUsdPerLot: 2.5, slippagePrice: 0.01 }
    const [leg] = plainInstrument('CL', joined, 1000, costs, { initial: 0, maintenance: 0 }).legs
    const rolls = [{ bar: 2, from: 202001, to: 202002, fromPrice: 10, toPrice: 13 }]
    const month = Int32Array.of(202001, 202001, 202001, 202002, 202002)
    return {
      name: 'CL',
      bars: joined,
      settles: true,
      multiplier: 1000,
      legs: [{ ...leg, open: price, close: price, month, rolls }],
    }
  }
  const run = runAccount([rolled()], scripted([1]), {}, settings())

  it('make no profit of the gap: 3.00 a barrel moves equity by the costs of two fills, 25 USD', () => {
    expect(run.equityUsd[2] - run.equityUsd[1]).toBeCloseTo(-25, 9)
    expect(run.equityUsd[3]).toBe(run.equityUsd[2])
    expect([run.grossUsd, run.rollYieldUsd]).toEqual([expect.closeTo(0, 9), -3000])
  })

  it('are two fills with costs on a known date, in two contracts', () => {
    const { bar, month, price, reason } = run.fills
    const rows = [1, 2].map((f) => [bar[f], month[f], price[f], FILL_REASONS[reason[f]]])
    expect(rows).toEqual([
      [2, 202001, 9.99, 'roll'],
      [2, 202002, 13.01, 'roll'],
    ])
  })
})

describe('8 metrics', () => {
  it('a series that does not move has no Sharpe ratio: null, not 0', () => {
    const none = figures([100, 100, 100, 100])
    expect([none['sharpe'], none['sortino'], none['probabilisticSharpe']]).toEqual([null, null, null])
    expect(figures([100, 101, 102.01, 103.0301])['sharpe']).toBeNull()
  })

  it('Sortino is over all n: +2 %, −1 %, +2 %, −1 % has a downside of √(0.0002 ÷ 4)', () => {
    const found = figures([100, 102, 100.98, 102.9996, 101.969604])
    expect(found['sortino']).toBeCloseTo((0.005 / Math.sqrt(0.0002 / 4)) * Math.sqrt(252), 9)
  })

  it('the probabilistic Sharpe ratio takes excess kurtosis once', () => {
    // Four returns of +1 %, three of −1 %, three of 0: mean 0.1 %.
    const moves = [0.01, 0, -0.01, 0.01, -0.01, 0, 0.01, -0.01, 0.01, 0]
    const equity = moves.reduce<number[]>((path, move) => [...path, path[path.length - 1] * (1 + move)], [1e6])
    const n = moves.length
    const mean = moves.reduce((sum, x) => sum + x, 0) / n
    const central = (power: number): number => moves.reduce((sum, x) => sum + (x - mean) ** power, 0) / n
    const ratio = mean / Math.sqrt((central(2) * n) / (n - 1))
    const [skew, kurtosis] = [central(3) / central(2) ** 1.5, central(4) / central(2) ** 2]
    const z = (ratio * Math.sqrt(n - 1)) / Math.sqrt(1 - skew * ratio + ((kurtosis - 1) / 4) * ratio * ratio)
    expect(z).toBeCloseTo(0.3387, 4)
    // Φ(0.3387) = 0.6326 by the table of the normal distribution.
    expect(figures(equity)['probabilisticSharpe']).toBeCloseTo(0.6326, 4)
    expect(figures(equity)['sharpeStandardError']).toBeCloseTo((ratio / z) * Math.sqrt(252), 9)
  })

  it('take the periods of a year from the calendar of the bars: days, weeks, months, and sessions of some bars each', () => {
    const every = (days: number, count = 30): PriceBars['timeMs'] =>
      Float64Array.from({ length: count }, (_, i) => (18_000 + Math.round(i * days)) * 86_400_000)
    const perYear = (timeMs: Float64Array): number => barsPerYear({ timeMs })
    expect([perYear(every(1)), perYear(every(7)), perYear(every(30.4)), perYear(every(365.25))]).toEqual([
      252, 52, 12, 1,
    ])
    // Working days, with a fortnight that nobody worked.
    const working = every(1, 60).filter((_, i) => i % 7 < 5 && (i < 20 || i > 34))
    expect(perYear(working)).toBe(252)
    // Eight sessions of three hourly bars: 3 × 252 a year.
    const hours = every(1, 8).reduce<number[]>((all, day) => [...all, day, day + 3_600_000, day + 7_200_000], [])
    expect(perYear(Float64Array.from(hours))).toBe(756)
  })

  it('annualise by them: a Sharpe ratio of 0.5 a bar is 0.5 × √12 a year of months', () => {
    const equity = Float64Array.of(100, 102, 100.98, 102.9996, 101.969604)
    const { mean, sd } = performanceOf(flatRun(equity), 100, null)
    const monthly = measure(performanceOf({ ...flatRun(equity), barsPerYear: 12 }, 100, null))
    expect(monthly['sharpe']).toBeCloseTo((mean / sd) * Math.sqrt(12), 12)
    expect(monthly['cagr']).toBeCloseTo(1.01969604 ** 3 - 1, 12)
    expect(conventionsOf(settings(), 0, 12)).toMatchObject({
      cagr: '(1 + totalReturn)^(12 / n) − 1, n = bars − 1',
      annualVol: 'standard deviation of the returns, ddof 1, × √12',
    })
  })

  it('are all of one series, equity at each close, and say so', () => {
    expect(conventionsOf(settings())['returns']).toBe(
      'of equity, per bar, the first bar dropped: n = bars − 1; 252 bars a year; risk-free rate 0 a year',
    )
  })
})

describe('9 walking forward', () => {
  const plan = { from: 0, until: 101, mode: 'rolling', folds: 2, inSample: 0.5, warmUp: 5 } as const

  it('leaves purge and embargo out between a search and its test, and the tests follow each other', () => {
    const folds = walkForwardFolds({ ...plan, purge: 3, embargo: 2 })
    expect(folds.map(({ train, test }) => [train.from, train.until, test.from, test.until])).toEqual([
      [1, 29, 34, 68],
      [35, 63, 68, 101],
    ])
  })

  // Rising by 1 a bar: long always earns 1,000 USD a bar.
  const prices = Array.from({ length: 101 }, (_, i) => 50 + i)
  const rising = at(...prices)
  const always: Strategy = { ...scripted([]), prepare: () => () => 1 }
  const links = [
    { from: 34, until: 68, values: {} },
    { from: 68, until: 101, values: {} },
  ]

  it('chains the tests: the second starts from the equity of the first, and from its position', () => {
    const runner = createCellRunner(
      plainly(rising, { commissionUsdPerLot: 10 }),
      chainedStrategy(always, links),
      settings(),
    )
    runner.load({})
    const out = new Float64Array(LEAN_METRICS.length)
    runner.run(34, 101, { out, offset: 0, metrics: 'all' })
    const equity = runner.equityUsd()
    // One purchase at the open of bar 34, and 66 changes until the last close.
    expect([equity[0], equity[equity.length - 1]]).toEqual([1_000_000, 1_000_000 + 66_000 - 10])
  })

  it('warms up on the bars of the search without trading: the average of 20 bars is there on the first of the test', () => {
    const runner = createCellRunner(plainly(rising), strategyNamed('ma-crossover'), settings())
    runner.load({ fast: 5, slow: 20, mode: 'state' })
    const out = new Float64Array(LEAN_METRICS.length)
    runner.run(34, 68, { out, offset: 0, metrics: 'all' })
    const equity = runner.equityUsd()
    expect([equity.length, equity[0], equity[equity.length - 1]]).toEqual([35, 1_000_000, 1_033_000])
  })
})

describe('10 time', () => {
  const utc = (...times: readonly string[]): Float64Array => Float64Array.from(times, (time) => Date.parse(time))
  const sessionsOf = (product: 'CL' | 'BRN', ...times: readonly string[]): string[] => {
    const days = sessionDays(utc(...times), market.instrument(product), market.settlementCalendar(product))
    return Array.from(days, isoFromDay)
  }

  it('the evening belongs to the next date: 18:30 New York of Monday is Tuesday, and Sunday is Monday', () => {
    expect(sessionsOf('CL', '2020-03-16T20:30Z', '2020-03-16T22:30Z', '2020-03-15T22:30Z')).toEqual([
      '2020-03-16',
      '2020-03-17',
      '2020-03-16',
    ])
  })

  it('follows the clock of New York through March: 22:30 UTC is still today in winter, and tomorrow in summer', () => {
    expect(sessionsOf('CL', '2020-03-05T22:30Z', '2020-03-09T22:30Z')).toEqual(['2020-03-05', '2020-03-10'])
    // 2020-03-08 07:00 UTC is when the clocks change: 18:30 of that Sunday is 22:30 UTC, and of the Sunday before 23:30.
    expect(sessionsOf('CL', '2020-03-08T22:30Z', '2020-03-01T23:30Z')).toEqual(['2020-03-09', '2020-03-02'])
  })

  it('is another date in London in the weeks when only New York has changed its clocks, and later too', () => {
    const instant = '2020-03-16T22:30Z'
    expect([sessionsOf('CL', instant), sessionsOf('BRN', instant)]).toEqual([['2020-03-17'], ['2020-03-16']])
    // 23:30 UTC is 00:30 in London once summer time is there, 2020-03-29.
    expect(sessionsOf('BRN', '2020-03-27T23:30Z', '2020-03-30T23:30Z')).toEqual(['2020-03-27', '2020-03-31'])
  })

  it('half days: Thanksgiving trades for the Friday, which closes early and is a date of its own', () => {
    const times = ['2020-11-25T23:30Z', '2020-11-26T17:00Z', '2020-11-27T18:30Z', '2020-11-29T23:30Z']
    expect(sessionsOf('CL', ...times)).toEqual(['2020-11-27', '2020-11-27', '2020-11-27', '2020-11-30'])
  })

  /** Every second hour from Monday 16 March 2020, 14:00 New York, to Wednesday 12:00, but for the hour's break. */
  const hours = Array.from({ length: 24 }, (_, i) => Date.parse('2020-03-16T18:00Z') + i * 2 * 3_600_000)
  const hourly = (prices: PriceBars, product: 'CL' | null): PriceBars => {
    const timeMs = Float64Array.from(hours.slice(0, prices.close.length))
    const sessionDay =
      product === null
        ? Int32Array.from(timeMs, (time) => Math.floor(time / 86_400_000))
        : sessionDays(timeMs, market.instrument(product), market.settlementCalendar(product))
    return { ...prices, timeMs, sessionDay, sessionEnd: sessionEnds(sessionDay) }
  }
  /** Falls to 48 in its bar 6, at Tuesday 06:00 UTC, and stays at 50 otherwise. */
  const dip = bars(
    ...Array.from({ length: 15 }, (_, i) => (i === 6 ? ([50, 50, 48, 50] as const) : ([50, 50, 50, 50] as const))),
  )
  const buyTheDip = { entry: 'limit', entryOffset: 1, timeInForce: { kind: 'day' } } as const

  it('a DAY order works through midnight UTC until the session ends, and not into the next one', () => {
    // Decided at Monday 16:00 New York, worked from 18:00 on: Tuesday's session.
    const placed = play(hourly(dip, 'CL'), [0, 1], {}, buyTheDip)
    expect(fillsOf(placed)).toEqual([[6, 1, 49]])
    const dated = play(hourly(dip, null), [0, 1], {}, buyTheDip)
    expect([fillsOf(dated), dated.orders.expired]).toEqual([[], 1])
    // Decided at 14:00, it works until Monday's session ends, and the dip comes on Tuesday.
    expect(play(hourly(dip, 'CL'), [1], {}, buyTheDip).orders).toMatchObject({ filled: 0, expired: 1 })
  })

  it('market-on-close waits for the close of the session: Monday 16:00 New York, bar 1', () => {
    const prices = at(...Array.from({ length: 15 }, (_, i) => 50 + i))
    const run = play(hourly(prices, 'CL'), [1, 1, 0], {}, { entry: 'market-on-close' })
    expect(fillsOf(run)).toEqual([
      [1, 1, 51],
      [13, -1, 63],
    ])
    expect(isoFromDay(run.sessionDay?.[13] ?? 0)).toBe('2020-03-17')
  })

  it('daily tiers begin anew with the session: 5 USD for the first lot of each', () => {
    const tiers = [
      { throughLots: 1, usdPerLot: 5 },
      { throughLots: Infinity, usdPerLot: 1 },
    ]
    // Two lots on Monday, one on Monday evening and one after midnight UTC: both of Tuesday's session.
    const run = play(hourly(dip, 'CL'), [1, 0, 0, 1, 0], { tiers, tierReset: 'day' })
    expect([...run.fills.bar]).toEqual([1, 2, 4, 5])
    expect([...run.fills.commissionUsd]).toEqual([5, 5, 1, 1])
  })

  it('months follow the session: the evening of 31 March is April', () => {
    const timeMs = utc('2020-03-31T19:00Z', '2020-03-31T20:00Z', '2020-03-31T23:00Z')
    const sessionDay = sessionDays(timeMs, market.instrument('CL'), market.settlementCalendar('CL'))
    const equity = Float64Array.of(100, 110, 121)
    const rows = calendarReturns(sessionTimes({ timeMs, sessionDay }), equity, 'month')
    expect(rows.map(({ month, value }) => [month, Number(value.toFixed(9))])).toEqual([
      [3, 0.1],
      [4, 0.1],
    ])
  })
})

describe('11 float drift', () => {
  it('a million sums of 0.1 are 100,000, and a plain sum is not', () => {
    const cash: Cash = { sumUsd: 0, lostUsd: 0 }
    let plain = 0
    for (let i = 0; i < 1_000_000; i++) {
      addCash(cash, 0.1)
      plain += 0.1
    }
    expect(cashUsd(cash)).toBe(100_000)
    expect(Math.abs(plain - 100_000)).toBeGreaterThan(1e-6)
  })

  it('a mean of 20 over 100,000 bars is what the last 20 say, to 1e-12', () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => 50 + ((i * 7919) % 101) / 100)
    const means = new Float64Array(values.length)
    rollingMean(values, 20, means)
    const exact = values.subarray(-20).reduce((sum, value) => sum + value, 0) / 20
    expect(Math.abs(means[means.length - 1] - exact)).toBeLessThan(1e-12)
  })

  it('signals are compared with a stated epsilon: averages of one price are equal and hold', () => {
    const flat = at(...new Array<number>(60).fill(50.1))
    const strategy = strategyNamed('ma-crossover')
    expect(runBacktest(flat, strategy, { fast: 10, slow: 30, mode: 'state' }, settings()).fills.lots).toHaveLength(0)
    expect(strategy.rule).toContain('1e-9')
  })
})

describe('12 and also', () => {
  it('a trade with a profit of exactly 0 is a trade', () => {
    const { trades } = play(at(10, 10, 10, 10), [1, 0])
    expect(tradeGroup(trades, () => true)).toMatchObject({ trades: 1, netUsd: 0 })
  })

  it('the rate of a tier is that of its slice: lots 1 and 2 at 3 USD, the third at 1, in one fill', () => {
    const tiers = [
      { throughLots: 2, usdPerLot: 3 },
      { throughLots: Infinity, usdPerLot: 1 },
    ]
    expect(play(at(10, 10, 10), [1], { tiers }, { lots: 3 }).commissionUsd).toBe(7)
  })

  it('a monthly table may begin in any month: 29 October to 2 December', () => {
    const timeMs = Float64Array.from(['2019-10-29', '2019-10-30', '2019-11-05', '2019-12-02'], (date) =>
      Date.parse(date),
    )
    const months = calendarReturns(timeMs, Float64Array.of(100, 110, 99, 99), 'month')
    expect(months.map(({ year, month, value }) => [year, month, Number(value.toFixed(9))])).toEqual([
      [2019, 10, 0.1],
      [2019, 11, -0.1],
      [2019, 12, 0],
    ])
  })

  it('contracts that have expired are kept: CLF24 is held until it goes', async () => {
    const rows = ['2023-12-07', '2023-12-08', '2023-12-11', '2023-12-12', '2023-12-13'].flatMap((date) => [
      [day(date), 202401, 70] as const,
      [day(date), 202402, 71] as const,
    ])
    const { instruments } = await instrumentsOf('wti', [curveOf('CL', rows)])
    const run = runAccount(instruments, strategyNamed('buy-hold'), {}, account())
    expect([...run.fills.month]).toEqual([202401, 202401, 202402])
  })

  it('the risk-free rate is 0 unless it is said, and is printed', () => {
    expect(conventionsOf(settings(), 0.02)['returns']).toContain('risk-free rate 0.02 a year')
    expect(conventionsOf(settings())['returns']).toContain('risk-free rate 0 a year')
  })
})
