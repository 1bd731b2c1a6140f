import { describe, expect, it } from 'vitest'
import pullback from '../../docs/examples/pullback.js'
import { guardAgainstLookAhead } from '../../src/lib/backtest/look-ahead-guard.js'
import { parseStrategyParameters } from '../../src/lib/backtest/parse-strategy-parameters.js'
import { barsUntil } from '../../src/lib/backtest/price-bars.js'
import { runBacktest } from '../../src/lib/backtest/run-backtest.js'
import { strategyModuleOf } from '../../src/lib/backtest/user/module-shape.js'
import { userStrategy } from '../../src/lib/backtest/user/user-strategy.js'
import type { Strategy } from '../../src/lib/backtest/strategy.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
import type { BarContext, StrategyModule } from '../../types/strategy.js'
import { barsOf, goldenBars, plainly, settings } from './golden-bars.js'

type Context = BarContext<Readonly<Record<string, number | string>>, unknown>

const strategyOf = (module: StrategyModule): Strategy => userStrategy(module, 'mine.ts', () => 'mine.ts:3')
const onBar = (decide: (ctx: Context) => number | undefined): Strategy => strategyOf({ onBar: decide })
const rising = barsOf([10, 11, 12, 13, 14, 15], [10.5, 11.5, 12.5, 13.5, 14.5, 15.5])
const run = (strategy: Strategy, words: string[] = []) =>
  runBacktest(rising, strategy, parseStrategyParameters(strategy, words), settings())

describe('a bar of a user’s strategy', () => {
  it('is read backwards from the one just closed: 0, −1, −2, and NaN before the first', () => {
    const seen: number[][] = []
    run(
      onBar((ctx) => {
        seen.push([ctx.bar, ctx.open(), ctx.close(0), ctx.close(-1), ctx.low(-2)])
        return undefined
      }),
    )
    expect(seen.slice(0, 3)).toEqual([
      [0, 10, 10.5, Number.NaN, Number.NaN],
      [1, 11, 11.5, 10.5, Number.NaN],
      [2, 12, 12.5, 11.5, 10],
    ])
  })

  it('says its date, what was decided last, and gives the last closes in an array of one’s own', () => {
    const seen: unknown[] = []
    run(
      onBar((ctx) => {
        const closes = ctx.closes(2)
        seen.push([ctx.date, ctx.target, [...closes]])
        closes.fill(0)
        return ctx.bar % 2 === 0 ? 0.5 : undefined
      }),
    )
    expect(seen.slice(0, 3)).toEqual([
      ['2020-01-01', 0, [10.5]],
      ['2020-01-02', 0.5, [10.5, 11.5]],
      ['2020-01-03', 0.5, [11.5, 12.5]],
    ])
  })

  it('has the indicators of contango indicators, NaN in their warm-up', () => {
    const seen: number[] = []
    run(
      onBar((ctx) => {
        seen.push(ctx.indicator('sma:2'), ctx.indicator('sma:2', -1))
        return undefined
      }),
    )
    expect(seen.slice(0, 6)).toEqual([Number.NaN, Number.NaN, 11, Number.NaN, 12, 11])
  })

  it('has the columns that the module asked for', () => {
    const bars = { ...rising, extra: { 'spread:1:2': Float64Array.of(1, 2, 3, 4, 5, 6) } }
    const strategy = strategyOf({ columns: ['spread:1:2'], onBar: (ctx) => (ctx.column('spread:1:2') > 3 ? 1 : 0) })
    expect(strategy.columns?.({})).toEqual(['spread:1:2'])
    expect([...runBacktest(bars, strategy, {}, settings()).lots]).toEqual([0, 0, 0, 0, 1, 1])
    expect(() => run(strategy)).toThrow(/there is no column spread:1:2/)
  })

  it.each<[string, (ctx: Context) => number, RegExp]>([
    [
      'a close of tomorrow',
      (ctx) => ctx.close(1),
      /onBar at the close of 2020-01-01 \(bar 0\): close\(1\) looks ahead.* \(mine\.ts:3\)/,
    ],
    ['half a bar back', (ctx) => ctx.open(-0.5), /open\(-0\.5\): an offset is 0 or a negative whole number/],
    ['NaN bars back', (ctx) => ctx.high(Number.NaN), /high\(NaN\): an offset is/],
    ['an indicator of tomorrow', (ctx) => ctx.indicator('sma:2', 1), /indicator sma:2 \(1\) looks ahead/],
    ['an unknown indicator', (ctx) => ctx.indicator('smma:2'), /no indicator is called "smma"/],
  ])('refuses %s', (_, decide, message) => {
    expect(() => run(onBar(decide))).toThrow(message)
  })
})

describe('tags of a user’s strategy', () => {
  const trades = (decide: (ctx: Context) => ReturnType<StrategyModule['onBar']>, others = {}) => {
    const { trades, tags } = runBacktest(rising, strategyOf({ onBar: decide }), {}, settings({}, others))
    return Array.from(trades.tag, (tag, t) => [tags[tag], trades.netUsd[t]])
  }
  const plan = [{ target: 1, tag: 'dip' }, { target: -1, tag: 'peak' }, undefined, { target: 1, tag: 'dip' }, 0]

  it('go with the trades that their decisions opened: long 11 to 12, short 12 to 14, long 14 to 15', () => {
    expect(trades((ctx) => plan[ctx.bar])).toEqual([
      ['dip', 1000],
      ['peak', -2000],
      ['dip', 1000],
    ])
  })

  it('are none where a number is returned, also after a tag', () => {
    expect(trades((ctx) => [{ target: 1, tag: 'dip' }, 0, 1, 0][ctx.bar])).toEqual([
      ['dip', 1000],
      ['', 1000],
    ])
  })

  it('wait with their order: bought on a limit two bars after the decision', () => {
    const falling = barsOf([50, 50, 48, 47], [50, 50, 48, 47])
    const module = strategyOf({
      onBar: (ctx) => (ctx.bar === 0 ? { target: 1, tag: 'dip' } : ctx.bar === 2 ? 0 : undefined),
    })
    const { trades: rows, tags } = runBacktest(falling, module, {}, settings({}, { entry: 'limit', entryOffset: 1 }))
    expect([tags[rows.tag[0]], rows.entryPrice[0], rows.exitPrice[0]]).toEqual(['dip', 48, 47])
  })

  it.each<[unknown, string]>([
    [{ target: 1, tag: '' }, 'BAD_TAG'],
    [{ target: 1, tag: 'a\nb' }, 'BAD_TAG'],
    [{ target: 1, tag: 7 }, 'BAD_TAG'],
    [{ target: Number.NaN, tag: 'dip' }, 'BAD_TARGET'],
    [{ tag: 'dip' }, 'BAD_TARGET'],
  ])('%j is refused', (returned, code) => {
    expect(() => trades(() => returned as number)).toThrow(expect.objectContaining({ code, kind: 'refused' }))
  })

  it('are kinds and no diary: the 101st of a run is refused', () => {
    const many = barsOf(new Array<number>(120).fill(10), new Array<number>(120).fill(10))
    const diary = strategyOf({ onBar: (ctx) => ({ target: ctx.bar % 2, tag: `bar ${ctx.bar}` }) })
    expect(() => runBacktest(many, diary, {}, settings())).toThrow(/gave tag number 101 at the close of 2020-04-10/)
  })

  it('know the session of a bar', () => {
    const seen: string[] = []
    const evening = { ...rising, sessionDay: Int32Array.from(rising.timeMs, (time) => time / 86_400_000 + 1) }
    const module = strategyOf({ onBar: (ctx) => void seen.push(`${ctx.date} of ${ctx.session}`) })
    runBacktest(evening, module, {}, settings())
    expect(seen[0]).toBe('2020-01-01 of 2020-01-02')
  })
})

describe('what a user’s strategy may not do', () => {
  const refusalOf = (decide: (ctx: Context) => number | undefined): unknown => {
    try {
      run(onBar(decide))
    } catch (error) {
      return error
    }
    return null
  }

  it('throws: refused with the bar, its date and the line', () => {
    const error = refusalOf((ctx) => {
      if (ctx.bar === 3) throw new TypeError('no such thing')
      return 1
    })
    expect(error).toMatchObject({
      kind: 'refused',
      code: 'STRATEGY_THREW',
      message: 'mine: onBar at the close of 2020-01-04 (bar 3): TypeError: no such thing (mine.ts:3)',
      details: { strategy: 'mine', bar: 3, date: '2020-01-04' },
    })
  })

  it.each([
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['long', 'a string'],
    [null, 'null'],
    [true, 'a boolean'],
  ])('returns %s', (wanted, shown) => {
    expect(refusalOf(() => wanted as number)).toMatchObject({
      kind: 'refused',
      code: 'BAD_TARGET',
      message: `mine: onBar returned ${shown} at the close of 2020-01-01 (bar 0)`,
    })
  })

  it('changes its parameters', () => {
    const strategy = strategyOf({
      parameters: { window: 5 },
      onBar: (ctx) => {
        ;(ctx.parameters as Record<string, number>)['window'] = 6
        return 1
      },
    })
    expect(() => run(strategy)).toThrow(/Cannot assign to read only property/)
  })

  it('decides differently when it is run again, or looks at bars that a run before has left: both are named', () => {
    const bars = goldenBars()
    const guard = (strategy: Strategy) =>
      guardAgainstLookAhead(
        [plainly(bars)],
        strategy,
        {},
        settings(),
        runBacktest(bars, strategy, {}, settings()),
        seededRng(1, 'x'),
      )
    let calls = 0
    const restless = onBar(() => (calls++ % 7 < 3 ? 1 : -1))
    expect(() => guard(restless)).toThrow(
      /mine is not deterministic: on 20.* it decides -?1 lot, and decides -?1 lot when it is run again/,
    )
    // Whoever knows how many bars will come looks ahead, and does so in the same way every time.
    let most = 0
    const counting = onBar((ctx) => {
      most = Math.max(most, ctx.bar)
      return ctx.bar > most - 2000 ? 1 : 0
    })
    expect(() => guard(counting)).toThrow(/not deterministic/)
    const peeking: Strategy = {
      ...onBar(() => 1),
      prepare:
        ({ close }) =>
        (bar) =>
          close[Math.min(bar + 1, close.length - 1)] > close[bar] ? 1 : -1,
    }
    expect(() => guard(peeking)).toThrow(
      /mine looks ahead: on 20\d\d-\d\d-\d\d it decides -?1 lot, and decides -?\d lots? where nothing after/,
    )
  })
})

describe('the parts of a module', () => {
  it('take parameters as a default, a range, a choice or a text', () => {
    const strategy = strategyOf({
      parameters: {
        fraction: 0.5,
        window: { kind: 'integer', default: 20, min: 2, max: 50 },
        side: { kind: 'choice', default: 'both', options: ['both', 'long'] },
        note: 'none',
      },
      warmUp: ({ window }) => Number(window),
      onBar: () => 1,
    })
    const values = parseStrategyParameters(strategy, [
      '--window',
      '3',
      '--side=long',
      '--note',
      'a b',
      '--fraction',
      '-2',
    ])
    expect(values).toEqual({ fraction: -2, window: 3, side: 'long', note: 'a b' })
    expect(strategy.firstDecisionBar(values)).toBe(3)
    expect(() => parseStrategyParameters(strategy, ['--windw', '3'])).toThrow(
      /mine has no parameter "--windw": it takes --fraction, --window, --side, --note/,
    )
    expect(() => parseStrategyParameters(strategy, ['--fraction', 'x'])).toThrow(/takes a number, not "x"/)
  })

  it.each<[string, unknown, RegExp]>([
    ['no default export', undefined, /mine\.ts: has no default export/],
    ['a function', () => 1, /has no onBar/],
    ['no onBar', { name: 'x' }, /has no onBar/],
    ['a name with blanks', { name: 'My Strategy', onBar: () => 1 }, /lower case letters, digits and dashes/],
    ['a warm-up of −1', { warmUp: -1, onBar: () => 1 }, /warmUp is -1/],
  ])('refuse %s', (_, exported, message) => {
    expect(() => strategyModuleOf(exported, 'mine.ts')).toThrow(message)
  })

  it.each<[StrategyModule['parameters'], RegExp]>([
    [{ a: { default: 5, min: 6 } }, /parameter a: its default is not from 6/],
    [{ a: { kind: 'choice', default: 'x', options: ['y'] } }, /the default among them/],
    [{ A: 1 }, /parameter A: a name is lower case/],
    [{ a: { default: Number.NaN } }, /are numbers/],
  ])('refuse the parameters %j', (parameters, message) => {
    expect(() => strategyOf({ parameters, onBar: () => 1 })).toThrow(message)
  })

  it('call init once a run, so that no state is left from the one before', () => {
    let inits = 0
    const strategy = strategyOf({
      init: () => ({ count: ++inits }),
      onBar: (ctx) => (ctx.state as { count: number }).count * 0,
    })
    run(strategy)
    run(strategy)
    expect(inits).toBe(2)
  })
})

describe('the example of the documentation', () => {
  const strategy = userStrategy(pullback as unknown as StrategyModule, 'pullback.ts', () => null) // its parameters are typed closer
  const bars = goldenBars()

  it('trades, and is the same in every prefix', () => {
    const values = parseStrategyParameters(strategy, [])
    const whole = runBacktest(bars, strategy, values, settings())
    expect(whole.trades.lots.length).toBeGreaterThan(10)
    // A past of 102 bars holds the first decision and its fill; a fifth of 2,500 holds four of them.
    const cut = runBacktest(barsUntil(bars, 700), strategy, values, settings())
    expect([...cut.lots]).toEqual([...whole.lots.subarray(0, 700)])
    expect(
      guardAgainstLookAhead([plainly(bars)], strategy, values, settings(), whole, seededRng(1, 'x')).cutBars,
    ).toHaveLength(4)
  })
})
