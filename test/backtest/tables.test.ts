import { describe, expect, it } from 'vitest'
import { backtestBreakdown } from '../../src/lib/desk/backtest-breakdown.js'
import { calendarReturns } from '../../src/lib/backtest/metrics/calendar-returns.js'
import { groupReturns } from '../../src/lib/backtest/metrics/group-returns.js'
import { returnsOf } from '../../src/lib/backtest/metrics/performance.js'
import { rollingSharpe } from '../../src/lib/backtest/metrics/rolling-sharpe.js'
import { volatilityRegimes } from '../../src/lib/backtest/metrics/volatility-regimes.js'
import { parseStrategyParameters } from '../../src/lib/backtest/parse-strategy-parameters.js'
import { runBacktest } from '../../src/lib/backtest/run-backtest.js'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import { mean, sampleSd } from '../../src/lib/kernel/moments.js'
import { runRegimes } from '../../src/lib/desk/trade-regimes.js'
import { barsOf, goldenBars, settings } from './golden-bars.js'
import { scripted } from './scripted.js'

const day = (iso: string): number => Date.parse(iso)
const strategy = strategyNamed('ma-crossover')
const bars = goldenBars()
const run = runBacktest(bars, strategy, parseStrategyParameters(strategy, []), settings({ commissionUsdPerLot: 2.5 }))
const bought = (): number => 1
const regimes = runRegimes(bars.close, null)
const tables = backtestBreakdown(run, regimes, bought)

describe('returns by month', () => {
  it('of a history that begins in November: 100 → 110 in it, → 99 in December, → 99 in January, a month without a bar skipped', () => {
    const timeMs = Float64Array.from(['2019-11-28', '2019-11-29', '2019-12-02', '2020-01-02', '2020-03-02'].map(day))
    const found = calendarReturns(timeMs, Float64Array.of(100, 110, 99, 99, 198), 'month')
    expect(found.map(({ year, month, value, pnlUsd }) => [year, month, value, pnlUsd])).toEqual([
      [2019, 11, expect.closeTo(0.1, 12), 10],
      [2019, 12, expect.closeTo(-0.1, 12), -11],
      [2020, 1, 0, 0],
      [2020, 3, 1, 99],
    ])
    const years = calendarReturns(timeMs, Float64Array.of(100, 110, 99, 99, 198), 'year')
    expect(years.map(({ year, value }) => [year, value])).toEqual([
      [2019, expect.closeTo(-0.01, 12)],
      [2020, 1],
    ])
  })

  it('has no first month where only its last bar is there: nothing can have been earned in it', () => {
    const timeMs = Float64Array.from(['2020-01-31', '2020-02-03', '2020-02-04'].map(day))
    expect(calendarReturns(timeMs, Float64Array.of(100, 101, 102), 'month')).toMatchObject([{ month: 2, baseBar: 0 }])
    expect(calendarReturns(timeMs.subarray(0, 1), Float64Array.of(100), 'month')).toEqual([])
  })

  it('multiply to the growth and add up to the profit of the whole, and so do the years', () => {
    const final = run.equityUsd[run.equityUsd.length - 1]
    for (const rows of [tables.monthly, tables.yearly]) {
      expect(rows.reduce((growth, row) => growth * (1 + (row.return ?? 0)), 1)).toBeCloseTo(
        final / run.equityUsd[0],
        12,
      )
      expect(rows.reduce((sum, { pnlUsd }) => sum + pnlUsd, 0)).toBeCloseTo(final - run.equityUsd[0], 6)
      expect(rows.reduce((sum, row) => sum + row.bars, 0)).toBe(2499)
    }
  })

  it('stand in the year’s row at their place, and nothing stands before the first month', () => {
    const [first] = tables.yearly
    const start = Number(tables.monthly[0].month.slice(5)) - 1
    expect(first.months).toHaveLength(12)
    expect(first.months.slice(0, start).every((value) => value === null)).toBe(true)
    expect(first.months[start]).toBe(tables.monthly[0].return)
    for (const { months, return: value } of tables.yearly) {
      expect(months.reduce<number>((growth, month) => growth * (1 + (month ?? 0)), 1) - 1).toBeCloseTo(value ?? 0, 12)
    }
  })
})

describe('the rolling Sharpe ratio', () => {
  const returns = returnsOf(run.equityUsd)

  it('is at each bar that of the window before it', () => {
    const rolled = rollingSharpe(returns, 60)
    expect(rolled.subarray(0, 59).every(Number.isNaN)).toBe(true)
    for (let i = 59; i < returns.length; i += 37) {
      const window = returns.slice(i - 59, i + 1)
      const slow = (mean(window) / sampleSd(window)) * Math.sqrt(252)
      if (sampleSd(window) === 0) expect(rolled[i]).toBeNaN()
      else expect(rolled[i]).toBeCloseTo(slow, 8)
    }
  })

  it('is undefined where nothing moved, also after something did', () => {
    const still = Float64Array.from({ length: 30 }, (_, i) => (i < 5 ? 0.3 * (i % 2) - 0.1 : 0))
    expect(rollingSharpe(still, 10).subarray(20).every(Number.isNaN)).toBe(true)
  })
})

describe('regimes', () => {
  it('are thirds of the volatility before the bar, of its past: the bar of a jump is not yet wild, the next one is', () => {
    const close = Float64Array.from({ length: 90 }, (_, i) => 50 + (i % 2) * 0.1 + (i >= 60 ? 20 : 0))
    const found = volatilityRegimes(close, 10)
    expect(found?.regime[60]).toBe(0)
    expect([...(found?.regime.subarray(61, 71) ?? [])]).toEqual(new Array(10).fill(2))
    // Thirty bars pass before there are thirds.
    expect([...(found?.regime.subarray(0, 31) ?? [])].filter((regime) => regime < 0)).toHaveLength(30)
    expect(volatilityRegimes(close.subarray(0, 30), 10)).toBeNull()
  })

  it('are what they were when the future is cut off', () => {
    const whole = volatilityRegimes(bars.close, 21)
    for (const length of [64, 100, 777, 2499]) {
      const cut = volatilityRegimes(bars.close.subarray(0, length), 21)
      expect([...(cut?.regime ?? [])]).toEqual([...(whole?.regime.subarray(0, length) ?? [])])
    }
  })

  it('do not change where all prices are moved below zero', () => {
    const close = Float64Array.from(bars.close)
    const moved = volatilityRegimes(
      close.map((price) => price - 1000),
      21,
    )
    const there = volatilityRegimes(close, 21)
    expect(moved?.bounds[0]).toBeCloseTo(there?.bounds[0] ?? 0, 9)
  })

  it('share the profit out without a rest', () => {
    const groups = tables.regimes.volatility?.groups ?? []
    expect(groups.map(({ name }) => name)).toEqual(['low', 'middle', 'high', 'unknown'])
    expect(groups.reduce((sum, { pnlUsd }) => sum + pnlUsd, 0)).toBeCloseTo(run.equityUsd[2499] - run.equityUsd[0], 6)
    expect(groups.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('measure returns 10 % and −10 % of one group: P&L −1 of 100, exposure ½', () => {
    const [group] = groupReturns(Float64Array.of(100, 110, 99), Float64Array.of(0, 1, 1), [0, 0, 0], 1)
    expect(group).toMatchObject({ bars: 2, pnlUsd: -1, exposure: 0.5 })
    expect(group.annualVol).toBeCloseTo(Math.sqrt(0.02 * 252), 12)
  })
})

describe('sides', () => {
  it('add up to the trades of the run', () => {
    const { trades } = run
    expect(tables.sides.reduce((sum, side) => sum + side.trades, 0)).toBe(trades.lots.length)
    expect(tables.sides.reduce((sum, side) => sum + side.netUsd, 0)).toBeCloseTo(
      trades.netUsd.reduce((sum, net) => sum + net, 0),
      6,
    )
  })
})

describe('exits', () => {
  it('say what closed each trade, and add up: stops, limits and decisions', () => {
    const guarded = runBacktest(
      bars,
      strategy,
      parseStrategyParameters(strategy, []),
      settings({}, { stopLoss: 1.5, takeProfit: 3 }),
    )
    const { exits, byInstrument } = backtestBreakdown(guarded, regimes, bought)
    expect(exits.map(({ name }) => name)).toEqual(['decision', 'stop-loss', 'take-profit'])
    const { trades } = guarded
    expect(exits.reduce((sum, exit) => sum + exit.trades, 0)).toBe(trades.lots.length)
    expect(byInstrument.map((one) => one.trades)).toEqual([trades.lots.length])
    const [, stopped, taken] = exits
    // Without costs a stop loses 1.50 × 1000 USD or more (a gap), a limit earns 3.00 × 1000 or more.
    expect(stopped.bestUsd).toBeLessThanOrEqual(-1500 + 1e-6)
    expect(taken.worstUsd).toBeGreaterThanOrEqual(3000 - 1e-6)
    expect(tables.exits.map(({ name, trades: count }) => [name, count])).toEqual([['decision', run.trades.lots.length]])
  })
})

describe('trades by regime', () => {
  it('are those of the regime before the bar of their entry, and add up to the run', () => {
    // In contango at 10, out at 12; in backwardation at 12, out at 9; in contango again at 9, out at 10.
    const path = barsOf([10, 10, 12, 12, 9, 9, 10], [10, 10, 12, 12, 9, 9, 10])
    const played = runBacktest(path, scripted([1, 0, 1, 0, 1, 0]), {}, settings())
    const shapes = Int8Array.of(-1, 0, 1, 1, 0, 0, 1)
    const { curve, volatility } = backtestBreakdown(played, runRegimes(null, shapes), bought).regimes
    expect(curve?.trades.map(({ name, trades, netUsd }) => [name, trades, netUsd])).toEqual([
      ['contango', 2, 3000],
      ['backwardation', 1, -3000],
    ])
    expect(volatility).toBeNull()
    const thirds = tables.regimes.volatility?.trades ?? []
    expect(thirds.map(({ name }) => name)).toEqual(expect.arrayContaining(['low', 'middle', 'high']))
    expect(thirds.reduce((sum, { trades }) => sum + trades, 0)).toBe(run.trades.lots.length)
  })

  it('go by volatility before the entry: a wild bar of the entry itself does not count', () => {
    // Changes of 0.1, and of 5 from bar 80 on.
    const prices = Array.from({ length: 120 }, (_, i) => 50 + (i % 2) * (i >= 80 ? 5 : 0.1))
    const { volatility } = runRegimes(Float64Array.from(prices), null)
    // Bar 81 is the first wild one: what was known before it was calm.
    expect([volatility?.regime[81], volatility?.regime[82], volatility?.regime[100]]).toEqual([0, 2, 2])
  })
})

describe('equity by day', () => {
  it('is the last close of each day of bars with a time', () => {
    const hours = {
      ...run,
      timeMs: Float64Array.from(bars.timeMs, (_, i) => Date.UTC(2020, 0, 1) + i * 3_600_000),
    }
    const { equityByDay, monthly } = backtestBreakdown(hours, regimes, bought)
    expect(equityByDay?.dates.slice(0, 2)).toEqual(['2020-01-01', '2020-01-02'])
    expect(equityByDay?.usd[0]).toBe(run.equityUsd[23])
    expect(equityByDay?.usd.at(-1)).toBe(run.equityUsd[2499])
    expect(monthly[0].month).toBe('2020-01')
  })
})
