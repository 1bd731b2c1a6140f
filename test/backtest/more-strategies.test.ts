import { describe, expect, it } from 'vitest'
import { parseStrategyParameters } from '../../src/lib/backtest/parse-strategy-parameters.js'
import { barsUntil, type PriceBars } from '../../src/lib/backtest/price-bars.js'
import { runBacktest } from '../../src/lib/backtest/run-backtest.js'
import { STRATEGIES, strategyNamed } from '../../src/lib/backtest/strategies.js'
import { barsOf, goldenBars, settings } from './golden-bars.js'

const flat = (closes: readonly number[]): PriceBars => barsOf(closes, closes)

/** Targets at the close of each bar: what is wanted in hundredths of a lot. */
function targets(bars: PriceBars, name: string, words: readonly string[]): number[] {
  const strategy = strategyNamed(name)
  const values = parseStrategyParameters(strategy, words)
  const decide = strategy.prepare(bars, values)
  let held = 0
  return Array.from(bars.close, (_, bar) => {
    if (bar >= strategy.firstDecisionBar(values)) held = decide(bar, held)
    return held
  })
}

describe('time-series momentum', () => {
  const words = ['--lookback', '3', '--every', '2', '--vol-window', '2', '--target-vol', '0.15']

  it('follows the change over the look-back on every second bar: +, held, −, held, 0 holds', () => {
    //            0   1   2   3   4   5   6   7
    const closes = [10, 11, 12, 11, 12, 10, 11, 10]
    // bar 3: 11 − 10 > 0; bar 5: 10 − 12 < 0; bar 7: 10 − 12 < 0. Bars 4 and 6 hold whatever they say.
    expect(targets(flat(closes), 'time-series-momentum', words)).toEqual([0, 0, 0, 1, 1, -1, -1, -1])
  })

  it('brings its own size: 150,000 ÷ (1000 × 1.41421 × √252) = 6.68, 7 lots', () => {
    const strategy = strategyNamed('time-series-momentum')
    const run = runBacktest(
      flat([10, 11, 12, 11, 12, 11]),
      strategy,
      parseStrategyParameters(strategy, words),
      settings(),
    )
    // Decided on bar 3, when the last two changes are +1 and −1.
    expect([...run.lots]).toEqual([0, 0, 0, 0, 7, 7])
  })
})

describe('carry', () => {
  const bars = (yields: readonly number[]): PriceBars => ({
    ...flat(yields.map(() => 50)),
    extra: { 'roll-yield:1:2': Float64Array.from(yields) },
  })

  it('is long in backwardation and short in contango, by the mean of the last known roll yields', () => {
    // Means of two: –, 0.1, 0, −0.1, (no yield: −0.1 stays), −0.05.
    expect(targets(bars([0.1, 0.1, -0.1, -0.1, Number.NaN, 0]), 'carry', ['--smooth', '2'])).toEqual([
      0, 1, 1, -1, -1, -1,
    ])
  })

  it('trades beyond entry and leaves within exit', () => {
    const words = ['--smooth', '1', '--entry', '0.1', '--exit', '0.05']
    expect(targets(bars([0.09, 0.11, 0.06, 0.04, -0.11, -0.06, -0.04]), 'carry', words)).toEqual([
      0, 1, 1, 0, -1, -1, 0,
    ])
  })

  it('says which column it lacks on bars without a curve, and refuses a far contract before the near one', () => {
    expect(() => targets(flat([1, 2, 3]), 'carry', [])).toThrow(/needs the column roll-yield:1:2/)
    expect(() => parseStrategyParameters(strategyNamed('carry'), ['--near', '3'])).toThrow(/near 3 is not below far 2/)
  })
})

describe('calendar spread', () => {
  // A window of three and entry at one deviation: of −1, −1, −2 the last is √2 = 1.414 deviations below the mean.
  const words = ['--window', '3', '--entry', '1', '--exit', '0.5']

  it('is long where the spread is cheap, short where it is dear', () => {
    const spread = [1, 1, 1, 1, 0.5, 1, 2]
    // bar 4: z = −1.414 long; bar 5 (1, 0.5, 1): z = 0.707, out; bar 6 (0.5, 1, 2): z = 1.336, short.
    expect(targets(flat(spread), 'calendar-spread', [...words, '--carry', 'any'])).toEqual([0, 0, 0, 0, 1, 0, -1])
  })

  it('is not long in contango nor short in backwardation unless it may be', () => {
    const backwardated = [1, 1, 1, 1, 0.5, 1, 2]
    expect(targets(flat(backwardated), 'calendar-spread', words)).toEqual([0, 0, 0, 0, 1, 0, 0])
    const contango = [-1, -1, -1, -1, -1.5, -1, -0.2]
    expect(targets(flat(contango), 'calendar-spread', words)).toEqual([0, 0, 0, 0, 0, 0, -1])
  })

  it('closes a long on the day on which the spread falls through zero', () => {
    const falling = [1, 1, 1, 1, 0.5, 0.2, -0.1]
    expect(targets(flat(falling), 'calendar-spread', words)).toEqual([0, 0, 0, 0, 1, 1, 0])
  })

  it('scores the spread as settled, or joined without the gaps of rolls', () => {
    const joined = { ...flat([1, 1, 1, 1, 1]), price: Float64Array.of(1, 1, 1, 1, 0.5) }
    expect(targets(joined, 'calendar-spread', words).at(-1)).toBe(1)
    expect(targets(joined, 'calendar-spread', [...words, '--level', 'joined']).at(-1)).toBe(0)
  })
})

describe('crack reversion', () => {
  const words = ['--window', '4', '--entry', '1', '--exit', '0.5', '--stop', '1.7']

  it('is z-score reversion while the score is within the stop', () => {
    const bars = goldenBars()
    const wide = ['--window', '20', '--entry', '2', '--exit', '0.5', '--stop', '100']
    expect(targets(bars, 'crack-reversion', wide)).toEqual(targets(bars, 'zscore-spread', ['--window', '20']))
  })

  it('gives up at the stop and comes back only after the score was within entry', () => {
    // Four values of which the last is apart have z = ±√3 = 1.732, beyond the stop of 1.7.
    const crack = [20, 21, 20, 21, 19.4, 14, 14, 14.5, 14.2]
    // bar 4 (21, 20, 21, 19.4): z = −1.39, long. bar 5 (20, 21, 19.4, 14): z = −1.68 holds.
    // bar 6 (21, 19.4, 14, 14): z = −0.98 … still long; none of them is within −0.5.
    expect(targets(flat(crack), 'crack-reversion', words).slice(4, 7)).toEqual([1, 1, 1])
    const crash = [20, 21, 20, 21, 19.4, 21, 21, 21, 10, 10, 10.1, 20]
    const wanted = targets(flat(crash), 'crack-reversion', words)
    // bar 8 (21, 21, 21, 10): z = −1.732 is beyond the stop: nothing is bought; bar 9 (21, 21, 10, 10): z = −1.
    expect(wanted.slice(7, 10)).toEqual([0, 0, 0])
  })

  it('takes the mean of the same month in earlier years from the crack, and none from the first year', () => {
    // 2020 has 10 in January and 20 in February; 2021 has 11 and 21: one above its season on every day.
    const days = [0, 1, 31, 32, 366, 367, 397, 398]
    const seasonal: PriceBars = {
      ...flat([10, 10, 20, 20, 11, 11, 21, 21.5]),
      timeMs: Float64Array.from(days, (day) => Date.UTC(2020, 0, 1 + day)),
    }
    const month = ['--window', '2', '--entry', '0.5', '--exit', '0.1', '--stop', '50', '--season', 'month']
    // Less their season: NaN four times, 1, 1, 1, 1.5. Only the last one moves: z = 1, short.
    expect(targets(seasonal, 'crack-reversion', month)).toEqual([0, 0, 0, 0, 0, 0, 0, -1])
    expect(targets(seasonal, 'crack-reversion', month.slice(0, 8)).slice(2, 5)).toEqual([-1, -1, 1])
  })
})

describe('composite', () => {
  const bars = goldenBars()
  const ma = targets(bars, 'ma-crossover', [])
  const rsi = targets(bars, 'rsi-reversion', [])
  const breakout = targets(bars, 'momentum-breakout', ['--window', '40'])

  it('adds up weight × target of each member, from the last of their first decisions on', () => {
    const words = ['--members', 'ma-crossover,rsi-reversion', '--weights', '0.6,0.4']
    const both = targets(bars, 'composite', words)
    expect(
      strategyNamed('composite').firstDecisionBar(parseStrategyParameters(strategyNamed('composite'), words)),
    ).toBe(30)
    // The RSI has decided since bar 14: what it held on bar 30 counts.
    both.forEach((target, bar) => expect(target).toBeCloseTo(bar < 30 ? 0 : 0.6 * ma[bar] + 0.4 * rsi[bar], 12))
    expect(new Set(both.map((target) => target.toFixed(1))).size).toBeGreaterThan(4)
  })

  it('goes beyond full size where its weights do', () => {
    const words = ['--members', 'ma-crossover,ma-crossover', '--weights', '1,0.5']
    expect(Math.max(...targets(bars, 'composite', words))).toBe(1.5)
  })

  it('votes: a side needs more than the quorum of all weight', () => {
    const words = ['--members', 'ma-crossover,rsi-reversion,momentum-breakout:window=40', '--mode', 'vote']
    targets(bars, 'composite', words).forEach((target, bar) => {
      const sum = (side: number): number => [ma, rsi, breakout].filter((member) => member[bar] === side).length
      expect(target).toBe(bar < 40 ? 0 : sum(1) >= 2 ? 1 : sum(-1) >= 2 ? -1 : 0)
    })
    const one = targets(bars, 'composite', [...words, '--quorum', '0.7'])
    one.forEach((target, bar) => {
      const all = [ma, rsi, breakout].every((member) => member[bar] === target)
      expect(target === 0 || all).toBe(true)
    })
  })

  it('gives members their parameters and asks for their columns', () => {
    const strategy = strategyNamed('composite')
    const values = parseStrategyParameters(strategy, ['--members', 'carry:near=2:far=6,buy-hold,signal:carry'])
    expect(strategy.columns?.(values)).toEqual(['roll-yield:2:6', 'signal:carry'])
  })

  it.each([
    [['--members', 'ma-crossover,nothing'], /there is no strategy "nothing"/],
    [['--members', 'ma-crossover,buy-hold', '--weights', '1'], /2 members have 1 weights/],
    [['--members', 'ma-crossover', '--weights', 'x'], /weights are numbers/],
    [['--members', ''], /it has no members/],
    [['--members', 'ma-crossover:fats=5'], /ma-crossover has no parameter "--fats=5"/],
    [['--members', 'ma-crossover:5'], /NAME=VALUE/],
    [['--members', 'ma-crossover', '--weights', '-1', '--mode', 'vote'], /a vote has weights of 0 and more/],
  ])('refuses %j', (words, message) => {
    expect(() => parseStrategyParameters(strategyNamed('composite'), words)).toThrow(message)
  })
})

describe('a signal as a strategy', () => {
  const bars: PriceBars = {
    ...flat([1, 2, 3, 4, 5, 6]),
    extra: { 'signal:carry': Float64Array.of(Number.NaN, 0.2, -0.6, Number.NaN, 0, 1) },
  }
  it('holds its direction, or its score; what is not known holds on', () => {
    expect(targets(bars, 'signal:carry', [])).toEqual([0, 1, -1, -1, 0, 1])
    expect(targets(bars, 'signal:carry', ['--target', 'score'])).toEqual([0, 0.2, -0.6, -0.6, 0, 1])
    expect(targets(bars, 'signal:carry', ['--threshold', '0.3'])).toEqual([0, 0, -1, -1, 0, 1])
  })
  it('is refused where there is none of that name', () => {
    expect(() => strategyNamed('signal:cary')).toThrow(/no signal is called "cary"; there are/)
    expect(() => strategyNamed('signal:carry:0')).toThrow(/takes/)
  })
})

describe('every strategy', () => {
  it('decides the same where the future is cut off, on all its columns too', () => {
    const bars = goldenBars()
    const extra = (length: number): Record<string, Float64Array> => ({
      'roll-yield:1:2': bars.close
        .subarray(0, length)
        .map((price, i) => (i < 5 ? 0 : (price - bars.close[i - 5]) / 50)),
    })
    for (const strategy of STRATEGIES) {
      const values = parseStrategyParameters(strategy, [])
      const whole = { ...bars, extra: extra(2500) }
      for (const length of [40, 333, 900]) {
        const run = runBacktest(whole, strategy, values, settings())
        const past = runBacktest({ ...barsUntil(whole, length), extra: extra(length) }, strategy, values, settings())
        expect([strategy.name, ...past.wantedLots]).toEqual([strategy.name, ...run.wantedLots.subarray(0, length)])
      }
    }
  })

  it('declares its parameters: a kind, a default within its limits, a summary', () => {
    for (const { name, parameters } of STRATEGIES) {
      for (const parameter of parameters) {
        expect([name, parameter.name, parameter.summary === '']).toEqual([name, parameter.name, false])
        if (parameter.kind === 'choice') expect(parameter.options).toContain(parameter.default)
        if (parameter.kind === 'integer' || parameter.kind === 'number') {
          expect(parameter.default).toBeGreaterThanOrEqual(parameter.min)
          expect(parameter.default).toBeLessThanOrEqual(parameter.max)
        }
      }
    }
  })
})
