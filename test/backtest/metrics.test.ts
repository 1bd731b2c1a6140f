import { describe, expect, it } from 'vitest'
import { measure, METRICS } from '../../src/lib/backtest/metrics/measure.js'
import { performanceOf } from '../../src/lib/backtest/metrics/performance.js'
import { drawdownsOf } from '../../src/lib/backtest/metrics/drawdown.js'
import { parseStrategyParameters } from '../../src/lib/backtest/parse-strategy-parameters.js'
import { runBacktest } from '../../src/lib/backtest/run-backtest.js'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import { goldenBars, readGolden, settings } from './golden-bars.js'

const noTrades = Object.fromEntries(
  [
    'lots',
    'entryBar',
    'exitBar',
    'entryPrice',
    'exitPrice',
    'grossUsd',
    'commissionUsd',
    'netUsd',
    'worstUsd',
    'bestUsd',
  ].map((name) => [name, new Float64Array(0)]),
) as unknown as Parameters<typeof performanceOf>[0]['trades'] // only the columns that metrics read

function performanceOfEquity(equity: number[], benchmark: number[] | null = null) {
  return performanceOf(
    {
      equityUsd: Float64Array.from(equity),
      lots: new Float64Array(equity.length),
      fills: { lots: new Float64Array(0), reason: new Float64Array(0) },
      trades: noTrades,
      commissionUsd: 0,
      slippageUsd: 0,
    },
    equity[0],
    benchmark && Float64Array.from(benchmark),
  )
}

const relative = (actual: number | null, expected: number): number =>
  Math.abs((actual ?? Number.NaN) - expected) / Math.max(1e-12, Math.abs(expected))

describe('metrics of one return series, against empyrical, quantstats, ffn and SciPy', () => {
  const golden = readGolden<{
    data: { strategy: number[]; benchmark: number[] }
    metrics: Record<string, { value: number }>
  }>('metrics_returns_1000.json')
  const equity = [1]
  for (const value of golden.data.strategy) equity.push(equity[equity.length - 1] * (1 + value))
  const measured = measure(performanceOfEquity(equity, golden.data.benchmark))
  it.each([
    ['totalReturn', 'empyrical.cum_return'],
    ['cagr', 'empyrical.annual_return'],
    ['annualVol', 'empyrical.annual_volatility'],
    ['sharpe', 'empyrical.sharpe_rf0'],
    ['sortino', 'empyrical.sortino_rf0'],
    ['downsideDeviation', 'empyrical.downside_risk'],
    ['calmar', 'empyrical.calmar'],
    ['maxDrawdown', 'empyrical.max_drawdown'],
    ['omega', 'empyrical.omega'],
    ['tailRatio', 'empyrical.tail_ratio'],
    ['var95', 'empyrical.var_95'],
    ['cvar95', 'empyrical.cvar_95'],
    ['alpha', 'empyrical.alpha'],
    ['beta', 'empyrical.beta'],
    ['informationRatio', 'empyrical.excess_sharpe'],
    ['skew', 'scipy.skew_unbiased'],
    ['kurtosisExcess', 'scipy.kurtosis_excess_unbiased'],
    ['probabilisticSharpe', 'scipy.psr_0'],
    ['ulcerIndex', 'scipy.ulcer'],
    ['gainToPain', 'quantstats.gain_to_pain'],
    ['recoveryFactor', 'quantstats.recovery_factor'],
    ['positiveMovingBarShare', 'quantstats.win_rate'],
    ['geometricMeanReturn', 'quantstats.expected_return'],
    ['meanReturnAnnual', 'ffn.daily_mean'],
    ['bestReturn', 'ffn.best_day'],
    ['worstReturn', 'ffn.worst_day'],
    ['avgDrawdown', 'ffn.avg_drawdown'],
  ])('%s is %s', (name, peer) => {
    expect(relative(measured[name], golden.metrics[peer].value)).toBeLessThan(1e-9)
  })
})

describe.each([
  ['strategy_ma_crossover_state_10_30_comm2.50_slip0.01', 'ma-crossover', 0.01],
  ['strategy_ma_crossover_state_10_30_comm2.50', 'ma-crossover', 0],
  ['strategy_buy_hold_comm2.50', 'buy-hold', 0],
])('metrics of %s', (file, name, slippagePrice) => {
  const golden = readGolden<{ metrics: Record<string, number | null> }>(`${file}.json`)
  const strategy = strategyNamed(name)
  const run = runBacktest(
    goldenBars(),
    strategy,
    parseStrategyParameters(strategy, []),
    settings({ commissionUsdPerLot: 2.5, slippagePrice }),
  )
  const measured = measure(performanceOf(run, 1_000_000, null))
  it.each(Object.entries(golden.metrics))('%s', (metric, expected) => {
    if (expected === null) expect(measured[metric]).toBeNull()
    else expect(relative(measured[metric], expected)).toBeLessThan(1e-9)
  })
})

describe('metrics', () => {
  it('are more than forty, each with a convention', () => {
    expect(METRICS.length).toBeGreaterThanOrEqual(40)
    expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length)
    expect(METRICS.filter(({ convention }) => convention.length < 10)).toEqual([])
  })

  it('are null, not 0 and not 1e14, where equity does not vary', () => {
    const measured = measure(performanceOfEquity([100, 100, 100, 100]))
    expect([measured.sharpe, measured.sortino, measured.calmar, measured.skew, measured.winRate]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
    expect(measured.totalReturn).toBe(0)
    const growing = measure(performanceOfEquity([100, 101, 102.01, 103.0301, 104.060401]))
    expect(growing.sharpe).toBeNull()
  })

  it('start the first peak at the initial capital: 100 → 90 → 110 → 99 → 99', () => {
    const performance = performanceOfEquity([100, 90, 110, 99, 99])
    expect(drawdownsOf(performance)).toEqual([
      { peakBar: 0, troughBar: 1, recoveryBar: 2, depth: -0.09999999999999998, depthUsd: -10, bars: 2 },
      { peakBar: 2, troughBar: 3, recoveryBar: null, depth: -0.09999999999999998, depthUsd: -11, bars: 2 },
    ])
  })
})
