import { describe, expect, it } from 'vitest'
import { parseStrategyParameters } from '../../src/lib/backtest/parse-strategy-parameters.js'
import type { PriceBars } from '../../src/lib/backtest/price-bars.js'
import { strategyNamed, STRATEGIES } from '../../src/lib/backtest/strategies.js'
import { runBacktest } from '../../src/lib/backtest/run-backtest.js'
import { barsOf, goldenBars, settings } from './golden-bars.js'

/** The rules again, written out bar by bar from the whole past, without a rolling sum. */
type Rule = (bars: PriceBars, bar: number, held: number) => number

const last = (values: Float64Array, bar: number, count: number): number[] => [
  ...values.subarray(bar - count + 1, bar + 1),
]
const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: number[], ddof: number): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - average(values)) ** 2, 0) / (values.length - ddof))

const cross: Rule = ({ close }, bar, held) => {
  const side = (at: number): number => {
    const difference = average(last(close, at, 10)) - average(last(close, at, 30))
    return Math.abs(difference) <= 1e-9 ? 0 : Math.sign(difference)
  }
  // The bars between two crossings on which the averages are equal have no side of their own.
  let before = bar - 1
  while (before > 30 && side(before) === 0) before--
  return side(bar) === 0 || side(bar) === side(before) ? held : side(bar)
}

const rsi: Rule = ({ close }, bar, held) => {
  let gain = 0
  let loss = 0
  for (let i = 1; i <= bar; i++) {
    const up = Math.max(close[i] - close[i - 1], 0)
    const down = Math.max(close[i - 1] - close[i], 0)
    gain = i <= 14 ? gain + up / 14 : (13 * gain + up) / 14
    loss = i <= 14 ? loss + down / 14 : (13 * loss + down) / 14
  }
  const strength = 100 - 100 / (1 + gain / loss)
  if (strength < 30) return 1
  if (strength > 70) return -1
  return (held > 0 && strength > 50) || (held < 0 && strength < 50) ? 0 : held
}

const bollinger =
  (ddof: number): Rule =>
  ({ close }, bar, held) => {
    const window = last(close, bar, 20)
    const middle = average(window)
    const half = 2 * deviation(window, ddof)
    if (close[bar] <= middle - half) return 1
    if (close[bar] >= middle + half) return -1
    return (held > 0 && close[bar] >= middle) || (held < 0 && close[bar] <= middle) ? 0 : held
  }

const breakout: Rule = ({ high, low, close }, bar, held) => {
  if (close[bar] > Math.max(...last(high, bar - 1, 20))) return 1
  return close[bar] < Math.min(...last(low, bar - 1, 20)) ? -1 : held
}

const zscore =
  (ddof: number): Rule =>
  ({ close }, bar, held) => {
    const window = last(close, bar, 20)
    const score = (close[bar] - average(window)) / deviation(window, ddof)
    if (score < -2) return 1
    if (score > 2) return -1
    return (held > 0 && score > -0.5) || (held < 0 && score < 0.5) ? 0 : held
  }

describe.each<[string, string[], number, Rule]>([
  ['ma-crossover', ['--mode', 'cross'], 30, cross],
  ['rsi-reversion', [], 14, rsi],
  ['bollinger-reversion', [], 20, bollinger(0)],
  ['bollinger-reversion', ['--ddof=1'], 20, bollinger(1)],
  ['momentum-breakout', [], 20, breakout],
  ['zscore-spread', [], 20, zscore(0)],
  ['zscore-spread', ['--ddof', '1'], 20, zscore(1)],
])('%s %j', (name, words, first, rule) => {
  const bars = goldenBars()
  const strategy = strategyNamed(name)
  const values = parseStrategyParameters(strategy, words)

  it('holds on every bar what its rule says, one bar later', () => {
    const run = runBacktest(bars, strategy, values, settings())
    const expected = [0]
    let target = 0
    for (let bar = 0; bar + 1 < bars.close.length; bar++) {
      if (bar >= first) target = rule(bars, bar, target)
      expected.push(target)
    }
    expect([...run.lots]).toEqual(expected)
    expect(run.fills.bar.length).toBeGreaterThan(10)
  })

  it('decides first on the bar whose index is the window', () => {
    expect(strategy.firstDecisionBar(values)).toBe(first)
  })
})

describe('z-score', () => {
  it('holds where the closes do not deviate: no 0 ÷ 0', () => {
    const flat = new Array<number>(40).fill(-3)
    const strategy = strategyNamed('zscore-spread')
    const run = runBacktest(barsOf(flat, flat), strategy, parseStrategyParameters(strategy, []), settings())
    expect([...run.lots].every((lots) => lots === 0)).toBe(true)
  })
})

describe('MA crossover that waits for a crossing', () => {
  it('does nothing while the averages stay on the side on which they began', () => {
    const rising = Array.from({ length: 60 }, (_, i) => 50 + i)
    const strategy = strategyNamed('ma-crossover')
    const held = (mode: string): number =>
      runBacktest(
        barsOf(rising, rising),
        strategy,
        parseStrategyParameters(strategy, ['--mode', mode]),
        settings(),
      ).lots.at(-1) ?? Number.NaN
    expect([held('state'), held('cross')]).toEqual([1, 0])
  })
})

describe('parameters after --', () => {
  const strategy = strategyNamed('ma-crossover')
  it('are read with a space or an equals sign, and default where they are not named', () => {
    expect(parseStrategyParameters(strategy, ['--fast', '5', '--mode=cross'])).toEqual({
      fast: 5,
      slow: 30,
      mode: 'cross',
    })
  })
  it.each([
    [['--fats', '10'], /no parameter "--fats": it takes --fast, --slow, --mode/],
    [['10'], /no parameter "10"/],
    [['--fast'], /--fast needs a value/],
    [['--fast', 'NaN'], /whole number from 1 to 100000, not "NaN"/],
    [['--fast', '2.5'], /whole number/],
    [['--fast', '30'], /fast 30 is not below slow 30/],
    [['--fast', '3', '--fast', '4'], /given twice/],
    [['--mode', 'often'], /state or cross, not "often"/],
  ])('refuse %j', (words, message) => {
    expect(() => parseStrategyParameters(strategy, words)).toThrow(message)
  })
  it('say so where there are none', () => {
    expect(() => parseStrategyParameters(strategyNamed('buy-hold'), ['--fast', '1'])).toThrow(/it has none/)
  })
  it('have defaults that are allowed', () => {
    for (const each of STRATEGIES) expect(() => parseStrategyParameters(each, [])).not.toThrow()
  })
})
