import { describe, expect, it } from 'vitest'
import { blockPaths } from '../../../src/lib/backtest/robustness/block-paths.js'
import { distributionOf } from '../../../src/lib/backtest/robustness/distribution.js'
import { decisionsFor, pricePaths } from '../../../src/lib/backtest/robustness/engine-paths.js'
import { garchPaths } from '../../../src/lib/backtest/robustness/garch-paths.js'
import { keepPath, newPathFigures } from '../../../src/lib/backtest/robustness/path-figures.js'
import { drawRandomEntries, sideRuns } from '../../../src/lib/backtest/robustness/random-entries.js'
import { scriptedStrategy } from '../../../src/lib/backtest/robustness/scripted-strategy.js'
import { shareOfPaths } from '../../../src/lib/backtest/robustness/share-of-paths.js'
import { equitySteps, walkSteps } from '../../../src/lib/backtest/robustness/simulate-path.js'
import { tradePaths, tradeStretches } from '../../../src/lib/backtest/robustness/trade-paths.js'
import { measure } from '../../../src/lib/backtest/metrics/measure.js'
import { performanceOf } from '../../../src/lib/backtest/metrics/performance.js'
import { parseStrategyParameters } from '../../../src/lib/backtest/parse-strategy-parameters.js'
import { runBacktest } from '../../../src/lib/backtest/run-backtest.js'
import { strategyNamed } from '../../../src/lib/backtest/strategies.js'
import { sampleSd } from '../../../src/lib/kernel/moments.js'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { goldenBars, settings } from '../golden-bars.js'

const million = { initialCapitalUsd: 1_000_000, ruinUsd: 0, barsPerYear: 252 }
const crossover = strategyNamed('ma-crossover')
const crossoverRun = () =>
  runBacktest(goldenBars(), crossover, parseStrategyParameters(crossover, []), settings({ commissionUsdPerLot: 2.5 }))

describe('figures of a path', () => {
  it('of 100 → 90 → 110 → 99: drawdown −10 %, −11 USD, the first peak being the capital', () => {
    const figures = newPathFigures(1, 4, { initialCapitalUsd: 100, ruinUsd: 0, barsPerYear: 252 })
    keepPath(figures, 0, Float64Array.of(100, 90, 110, 99), 4)
    expect([figures.finalUsd[0], figures.maxDrawdownUsd[0], figures.ruined[0]]).toEqual([99, -11, 0])
    expect(figures.maxDrawdown[0]).toBeCloseTo(-0.1, 12)
    expect([...figures.coneUsd]).toEqual([100, 90, 110, 99])
  })

  it('are those of the metrics', () => {
    const run = crossoverRun()
    const figures = newPathFigures(1, run.equityUsd.length, million)
    keepPath(figures, 0, run.equityUsd, run.equityUsd.length)
    const metrics = measure(performanceOf(run, 1_000_000, null))
    expect(figures.sharpe[0]).toBeCloseTo(metrics.sharpe ?? Number.NaN, 9)
    expect(figures.maxDrawdown[0]).toBeCloseTo(metrics.maxDrawdown ?? Number.NaN, 12)
    expect(figures.maxDrawdownUsd[0]).toBe(metrics.maxDrawdownCash)
    expect(figures.coneBars).toHaveLength(101)
    expect([...figures.coneUsd.slice(-1)]).toEqual([...run.equityUsd.slice(-1)])
  })

  it('end where equity reaches the level of ruin: nothing is earned after 100 → 50 → −10 → 500', () => {
    const figures = newPathFigures(2, 4, { initialCapitalUsd: 100, ruinUsd: 0, barsPerYear: 252 })
    keepPath(figures, 0, Float64Array.of(100, 50, -10, 500), 4)
    keepPath(figures, 1, Float64Array.of(100, 60, 60, 60), 2) // an engine that stopped by itself
    expect([...figures.finalUsd]).toEqual([-10, 60])
    expect([...figures.ruined]).toEqual([1, 1])
    expect([...figures.coneUsd]).toEqual([100, 50, -10, -10, 100, 60, 60, 60])
  })

  it('have no Sharpe ratio where equity does not vary', () => {
    const figures = newPathFigures(1, 3, million)
    keepPath(figures, 0, Float64Array.of(5, 5, 5), 3)
    expect(figures.sharpe[0]).toBeNaN()
  })
})

describe('distributions', () => {
  it('of 1 … 101: median 51, 5th percentile 6, 95 % interval 3.5 to 98.5, 26 at percentile 25.25', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => 101 - i)
    const { p5, p50, interval, observedPercentile, mean } = distributionOf(values, 26, 0.95)
    expect([p5, p50, mean, interval.low, interval.high]).toEqual([6, 51, 51, expect.closeTo(3.5, 9), 98.5])
    expect(observedPercentile).toBeCloseTo((100 * 25.5) / 101, 12)
  })

  it('leave out what is undefined, and are null where all is', () => {
    expect(distributionOf(Float64Array.of(Number.NaN, 2), null, 0.95)).toMatchObject({ paths: 1, p50: 2, sd: null })
    expect(distributionOf(Float64Array.of(Number.NaN), 1, 0.95)).toMatchObject({ paths: 0, p50: null, mean: null })
  })

  it('Wilson: 10 of 100 is 0.0552 to 0.1744, 0 of 100 is 0 to 0.0370', () => {
    const ten = shareOfPaths(10, 100, 0.95)
    expect([ten.low.toFixed(4), ten.high.toFixed(4)]).toEqual(['0.0552', '0.1744'])
    expect(shareOfPaths(0, 100, 0.95).high.toFixed(4)).toBe('0.0370')
  })
})

describe('resampled equity', () => {
  it('adds profit in USD, or compounds returns: 100 + 10 − 22 + 10 = 98, 100 · 1.1 · 0.8 · 1.1 = 96.8', () => {
    const equity = Float64Array.of(100, 110, 88)
    const out = new Float64Array(4)
    walkSteps(equitySteps(equity, 'pnl'), Int32Array.of(0, 1, 0), out)
    expect([...out]).toEqual([100, 110, 88, 98])
    walkSteps(equitySteps(equity, 'returns'), Int32Array.of(0, 1, 0), out)
    expect(out[3]).toBeCloseTo(96.8, 12)
  })

  it('in one block as long as the run is the run itself', () => {
    const { equityUsd } = crossoverRun()
    const out = new Float64Array(equityUsd.length)
    const bars = blockPaths(equitySteps(equityUsd, 'pnl'), 'moving', equityUsd.length, seededRng(1, 'test'))(out)
    expect(bars).toBe(equityUsd.length)
    expect(Math.max(...out.map((value, i) => Math.abs(value - equityUsd[i])))).toBeLessThan(1e-6)
  })

  it('by trades cuts after each exit: exits at bars 3 and 5 of 8 give steps 0–2, 3–4, 5–6', () => {
    const { starts, ends } = tradeStretches([3, 5, 5], 7)
    expect([[...starts], [...ends]]).toEqual([
      [0, 3, 5],
      [3, 5, 7],
    ])
    expect([...tradeStretches([], 4).ends]).toEqual([4])
  })

  it('in another order of trades ends where the run ended, by another way', () => {
    const { equityUsd, trades } = crossoverRun()
    const steps = equitySteps(equityUsd, 'pnl')
    const next = tradePaths(steps, tradeStretches(trades.exitBar, steps.values.length), 'shuffle', seededRng(1, 'test'))
    const figures = newPathFigures(50, equityUsd.length, million)
    const out = new Float64Array(equityUsd.length)
    for (let path = 0; path < 50; path++) keepPath(figures, path, out, next(out))
    expect(Math.max(...figures.finalUsd) - Math.min(...figures.finalUsd)).toBeLessThan(1e-6)
    expect(figures.finalUsd[0]).toBeCloseTo(equityUsd[equityUsd.length - 1], 6)
    expect(sampleSd(figures.maxDrawdown)).toBeGreaterThan(0.001)
  })

  it('is the same for the same seed and another for another', () => {
    const { equityUsd } = crossoverRun()
    const final = (seed: number): number => {
      const out = new Float64Array(equityUsd.length)
      blockPaths(equitySteps(equityUsd, 'pnl'), 'stationary', 5, seededRng(seed, 'test'))(out)
      return out[out.length - 1]
    }
    expect(final(1)).toBe(final(1))
    expect(final(1)).not.toBe(final(2))
  })
})

describe('random entries', () => {
  it('hold as long, as often and on the same sides', () => {
    const lots = Float64Array.of(0, 0, 1, 1, 1, -1, 0, 1, 1, 0)
    const runs = sideRuns(lots)
    expect([[...runs.sides], [...runs.lengths]]).toEqual([
      [0, 1, -1, 0, 1, 0],
      [2, 3, 1, 1, 2, 1],
    ])
    const rng = seededRng(1, 'test')
    const seen = new Set<string>()
    for (let k = 0; k < 200; k++) {
      const targets = new Int8Array(10)
      drawRandomEntries(runs, rng, targets)
      expect([targets.filter((side) => side > 0).length, targets.filter((side) => side < 0).length]).toEqual([5, 1])
      seen.add(targets.join())
    }
    expect(seen.size).toBeGreaterThan(20)
  })

  it('of an unshuffled script trade exactly as the strategy did', () => {
    const run = crossoverRun()
    const wanted = Int8Array.from(run.lots, Math.sign)
    const script = new Int8Array(wanted.length)
    decisionsFor(wanted, script)
    const replayed = runBacktest(goldenBars(), scriptedStrategy(script), {}, settings({ commissionUsdPerLot: 2.5 }))
    expect([...replayed.equityUsd]).toEqual([...run.equityUsd])
  })
})

describe('prices under a fitted GARCH', () => {
  const paths = () => garchPaths(goldenBars(), seededRng(1, 'test'))

  it('keep low ≤ open, close ≤ high, and the spread of the changes, through zero as well', () => {
    const bars = goldenBars()
    for (const column of [bars.open, bars.high, bars.low, bars.close])
      column.forEach((price, i) => (column[i] = price - 70))
    const { next } = garchPaths(bars, seededRng(1, 'test'))
    const changesOf = (close: Float64Array): Float64Array => close.slice(1).map((price, i) => price - close[i])
    const spreads: number[] = []
    for (let k = 0; k < 20; k++) {
      const { open, high, low, close } = next()
      const tooHigh = low.findIndex((price, i) => !(price <= Math.min(open[i], close[i]) + 1e-9))
      const tooLow = high.findIndex((price, i) => !(price >= Math.max(open[i], close[i]) - 1e-9))
      expect([tooHigh, tooLow], `path ${k}`).toEqual([-1, -1])
      spreads.push(sampleSd(changesOf(close)))
    }
    const ratio = spreads.reduce((sum, sd) => sum + sd, 0) / 20 / sampleSd(changesOf(bars.close))
    expect(ratio).toBeGreaterThan(0.85)
    expect(ratio).toBeLessThan(1.15)
  })

  it('moved by a constant move every path by it: no price is ever divided by', () => {
    const shifted = goldenBars()
    for (const column of [shifted.open, shifted.high, shifted.low, shifted.close])
      column.forEach((p, i) => (column[i] = p - 100))
    const there = paths().next().close
    const { close } = garchPaths(shifted, seededRng(1, 'test')).next()
    expect(Math.max(...close.map((price, i) => Math.abs(price + 100 - there[i])))).toBeLessThan(1e-4)
  })

  it('are traded by the engine itself', () => {
    const { next } = paths()
    const values = parseStrategyParameters(crossover, [])
    const simulate = pricePaths(next, (bars) => runBacktest(bars, crossover, values, settings()))
    const equity = new Float64Array(2500)
    expect(simulate(equity)).toBe(2500)
    const first = equity[2499]
    simulate(equity)
    expect(equity[2499]).not.toBe(first)
  })
})
