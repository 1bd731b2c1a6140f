import { describe, expect, it } from 'vitest'
import { calendarReturns } from '../../src/lib/backtest/metrics/calendar-returns.js'
import { drawdownsOf } from '../../src/lib/backtest/metrics/drawdown.js'
import { measure } from '../../src/lib/backtest/metrics/measure.js'
import { performanceOf } from '../../src/lib/backtest/metrics/performance.js'
import { sampleShape } from '../../src/lib/backtest/metrics/sample-shape.js'
import { mean, sampleSd } from '../../src/lib/kernel/moments.js'
import { normalCdf, normalQuantile } from '../../src/lib/kernel/normal-distribution.js'
import { readGolden } from './golden-bars.js'
import { flatRun } from './flat-run.js'

/**
 * Every figure of `metrics_returns_1000.json` (empyrical-reloaded, quantstats, ffn, SciPy on one series of 1000 returns): ours where
 * the convention is ours, else from ours by the step that the peer's convention adds, named beside it.
 */
const golden = readGolden<{
  data: { dates: string[]; strategy: number[]; benchmark: number[] }
  metrics: Record<string, { value: number | Record<string, number>; convention: string }>
}>('metrics_returns_1000.json')
const { strategy, benchmark } = golden.data
const n = strategy.length
// The peers start from 1 on the day before the first return.
const timeMs = Float64Array.from([Date.UTC(2015, 0, 1), ...golden.data.dates.map((date) => Date.parse(date))])
const equity = Float64Array.from([1, ...strategy])
for (let i = 1; i <= n; i++) equity[i] = equity[i - 1] * (1 + strategy[i - 1])
const performance = (riskFreePerYear = 0) =>
  performanceOf(flatRun(equity), 1, Float64Array.from(benchmark), { timeMs, riskFreePerYear })
const ours = measure(performance())
const own = (name: string): number => ours[name] ?? Number.NaN

const returns = Float64Array.from(strategy)
const shape = sampleShape(returns)
const ratio = mean(returns) / sampleSd(returns)
const months = calendarReturns(timeMs, equity, 'month')
// ffn takes changes between the last prices of months, so that the first month has none; so has the first year.
const ffnMonths = Float64Array.from(months.slice(1), ({ value }) => value)
const ffnYears = calendarReturns(timeMs, equity, 'year')
  .slice(1)
  .map(({ value }) => value)
const twelveMonths = months.slice(12).map(({ lastBar }, i) => equity[lastBar] / equity[months[i].lastBar] - 1)
const calendarYears = (timeMs[n] - timeMs[0]) / 31_557_600_000
const calendarCagr = equity[n] ** (1 / calendarYears) - 1
const upBars = benchmark.filter((value) => value > 0).length
const batting = (counts: (i: number) => boolean): number =>
  strategy.filter((value, i) => counts(i) && value > benchmark[i]).length

/** Φ((SR − SR₀)√(n − 1) ÷ √(…)) as SciPy's row has it. */
const deflated = (threshold: number): number =>
  normalCdf(
    ((ratio - threshold) * Math.sqrt(n - 1)) /
      Math.sqrt(1 - shape.skew * ratio + ((shape.kurtosis - 1) / 4) * ratio * ratio),
  )

const FIGURES: Record<string, number | Record<string, number>> = {
  'empyrical.cum_return': own('totalReturn'),
  'empyrical.annual_return': own('annualReturn'),
  'empyrical.annual_volatility': own('annualVol'),
  'empyrical.sharpe_rf0': own('sharpe'),
  'empyrical.sharpe_rf2pct': measure(performance(0.02))['sharpe'] ?? Number.NaN,
  'empyrical.sortino_rf0': own('sortino'),
  'empyrical.downside_risk': own('downsideDeviation'),
  'empyrical.calmar': own('calmar'),
  'empyrical.max_drawdown': own('maxDrawdown'),
  'empyrical.omega': own('omega'),
  'empyrical.tail_ratio': own('tailRatio'),
  'empyrical.var_95': own('var95'),
  'empyrical.cvar_95': own('cvar95'),
  'empyrical.alpha': own('alpha'),
  'empyrical.beta': own('beta'),
  'empyrical.stability': own('stability'),
  'empyrical.capture': own('captureRatio'),
  'empyrical.up_capture': own('upCapture'),
  'empyrical.down_capture': own('downCapture'),
  'empyrical.excess_sharpe': own('informationRatio'),
  'empyrical.batting_average': {
    'batting average': own('battingAverage'),
    'up market': batting((i) => benchmark[i] > 0) / upBars,
    'down market': batting((i) => benchmark[i] <= 0) / (n - upBars),
  },
  'quantstats.sharpe': own('sharpe'),
  // (1 + rate)^(1/252) − 1 a bar, and not rate ÷ 252
  'quantstats.sharpe_rf2pct': measure(performance(252 * (1.02 ** (1 / 252) - 1)))['sharpe'] ?? Number.NaN,
  'quantstats.sortino': own('sortino'),
  'quantstats.adjusted_sortino': own('adjustedSortino'),
  'quantstats.smart_sharpe': own('smartSharpe'),
  'quantstats.cagr': own('cagr'),
  'quantstats.volatility': own('annualVol'),
  'quantstats.calmar': own('calmar'),
  'quantstats.max_drawdown': own('maxDrawdown'),
  'quantstats.var': own('var95Normal'),
  'quantstats.cvar': own('cvar95Normal'),
  'quantstats.tail_ratio': own('tailRatio'),
  'quantstats.omega': own('omega'),
  'quantstats.skew': own('skew'),
  'quantstats.kurtosis': own('kurtosisExcess'),
  // of bars, which is omega at a threshold of 0
  'quantstats.profit_factor': own('omega'),
  'quantstats.payoff_ratio': own('barPayoffRatio'),
  'quantstats.win_rate': own('positiveMovingBarShare'),
  'quantstats.gain_to_pain': own('gainToPain'),
  // divides by n − 1
  'quantstats.ulcer_index': own('ulcerIndex') * Math.sqrt(n / (n - 1)),
  'quantstats.ulcer_performance': own('ulcerPerformance') / Math.sqrt(n / (n - 1)),
  'quantstats.recovery_factor': own('recoveryFactor'),
  'quantstats.kelly': own('barKelly'),
  'quantstats.risk_of_ruin': own('riskOfRuin'),
  // excess kurtosis G2, of which it takes 3 off once more
  'quantstats.psr': normalCdf(
    (ratio * Math.sqrt(n - 1)) /
      Math.sqrt(
        1 + 0.5 * ratio ** 2 - shape.skewUnbiased * ratio + ((shape.kurtosisExcessUnbiased - 3) / 4) * ratio ** 2,
      ),
  ),
  'quantstats.information_ratio': own('informationRatio'),
  'quantstats.r_squared': own('rSquared'),
  'quantstats.greeks': { beta: own('beta'), alpha: own('alphaArithmetic') },
  'quantstats.treynor': own('treynor'),
  'quantstats.common_sense_ratio': own('commonSenseRatio'),
  'quantstats.cpc_index': own('cpcIndex'),
  'quantstats.expected_return': own('geometricMeanReturn'),
  'quantstats.consecutive_wins': own('consecutiveUpBars'),
  'quantstats.consecutive_losses': own('consecutiveDownBars'),
  'quantstats.serenity': own('serenityIndex'),
  'scipy.skew_biased': shape.skew,
  'scipy.skew_unbiased': own('skew'),
  'scipy.kurtosis_excess_biased': shape.kurtosis - 3,
  'scipy.kurtosis_excess_unbiased': own('kurtosisExcess'),
  // the same 50 returns here: the 5th percentile lies between two of them
  'scipy.cvar_95_le_var': own('cvar95'),
  'scipy.psr_0': own('probabilisticSharpe'),
  'scipy.dsr_N100_var_1e-3': deflated(
    Math.sqrt(1e-3) *
      ((1 - 0.577_215_664_901_532_9) * normalQuantile(1 - 1 / 100) +
        0.577_215_664_901_532_9 * normalQuantile(1 - 1 / (100 * Math.E))),
  ),
  'scipy.max_drawdown': own('maxDrawdown'),
  'scipy.ulcer': own('ulcerIndex'),
  'scipy.avg_drawdown_points': own('avgUnderwater'),
  'ffn.total_return': own('totalReturn'),
  // calendar days ÷ 365.25 in the exponent
  'ffn.cagr': calendarCagr,
  'ffn.max_drawdown': own('maxDrawdown'),
  'ffn.calmar': calendarCagr / -own('maxDrawdown'),
  'ffn.daily_mean': own('meanReturnAnnual'),
  'ffn.daily_vol': own('annualVol'),
  'ffn.daily_sharpe': own('sharpe'),
  'ffn.daily_sortino': own('sortino'),
  'ffn.daily_skew': own('skew'),
  'ffn.daily_kurt': own('kurtosisExcess'),
  'ffn.best_day': own('bestReturn'),
  'ffn.worst_day': own('worstReturn'),
  'ffn.monthly_mean': 12 * mean(ffnMonths),
  'ffn.monthly_vol': Math.sqrt(12) * sampleSd(ffnMonths),
  'ffn.monthly_sharpe': (Math.sqrt(12) * mean(ffnMonths)) / sampleSd(ffnMonths),
  'ffn.yearly_mean': mean(ffnYears),
  'ffn.avg_drawdown': own('avgDrawdown'),
  // calendar days from the first bar below the peak to the bar that is back at it
  'ffn.avg_drawdown_days': mean(
    drawdownsOf(performance()).map(
      ({ peakBar, recoveryBar }) => (timeMs[recoveryBar ?? n] - timeMs[peakBar + 1]) / 86_400_000,
    ),
  ),
  'ffn.win_year_perc': ffnYears.filter((value) => value > 0).length / ffnYears.length,
  'ffn.twelve_month_win_perc': twelveMonths.filter((value) => value > 0).length / twelveMonths.length,
}

describe('the peers’ figures of one return series', () => {
  it('are all there', () => {
    expect(Object.keys(FIGURES).sort()).toEqual(Object.keys(golden.metrics).sort())
    expect(Object.keys(FIGURES).length).toBeGreaterThanOrEqual(75)
  })

  it.each(Object.entries(golden.metrics))('%s', (name, { value }) => {
    const figure = FIGURES[name]
    const pairs: [number, number][] =
      typeof value === 'number'
        ? [[Number(figure), value]]
        : Object.entries(value).map(([part, expected]) => [(figure as Record<string, number>)[part], expected])
    for (const [found, expected] of pairs) {
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1e-12, Math.abs(expected)) + 1e-300)
    }
  })
})
