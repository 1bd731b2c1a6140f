import { describe, expect, it } from 'vitest'
import { BLOCK_BARS, blockCount } from '../../../src/lib/backtest/lean/block-sums.js'
import { createCellRunner, type CellRunner } from '../../../src/lib/backtest/lean/cell-runner.js'
import { chainedStrategy } from '../../../src/lib/backtest/lean/chained-strategy.js'
import { createEngineRunner } from '../../../src/lib/backtest/lean/engine-runner.js'
import { FAST_METRICS, LEAN_METRICS } from '../../../src/lib/backtest/lean/lean-metrics.js'
import { measure, METRICS } from '../../../src/lib/backtest/metrics/measure.js'
import { performanceOf, returnsOf } from '../../../src/lib/backtest/metrics/performance.js'
import type { PriceBars } from '../../../src/lib/backtest/price-bars.js'
import { runAccount, type AccountSettings } from '../../../src/lib/backtest/run-account.js'
import { runBacktest, type BacktestSettings } from '../../../src/lib/backtest/run-backtest.js'
import type { TradedInstrument } from '../../../src/lib/backtest/traded-instrument.js'
import { strategyNamed } from '../../../src/lib/backtest/strategies.js'
import type { Strategy } from '../../../src/lib/backtest/strategy.js'
import { barsOf, goldenBars, settings } from '../golden-bars.js'
import { ON_BARS_ALONE } from '../on-bars-alone.js'
import { caseRng, rolled, someSettings, someValues, traded, walk } from './lean-cases.js'

const near = (a: number, b: number): boolean =>
  (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

function runOf(runner: CellRunner, from: number, until: number): { metrics: Float64Array; equity: Float64Array } {
  const metrics = new Float64Array(LEAN_METRICS.length)
  runner.run(from, until, { out: metrics, offset: 0, metrics: 'all' })
  return { metrics, equity: runner.equityUsd().slice() }
}

function runnable(
  bars: PriceBars,
  strategy: Strategy,
  how: BacktestSettings,
): [TradedInstrument, Strategy, AccountSettings] {
  const [instrument, account] = traded(bars, how)
  return [instrument, strategy, account]
}

function expectEqual(lean: ReturnType<typeof runOf>, engine: ReturnType<typeof runOf>, words: string): void {
  expect(lean.equity.length, words).toBe(engine.equity.length)
  lean.equity.forEach((value, i) => expect(near(value, engine.equity[i]), `${words}, bar ${i}`).toBe(true))
  LEAN_METRICS.forEach((name, i) => {
    expect(
      near(lean.metrics[i], engine.metrics[i]),
      `${words}: ${name} ${lean.metrics[i]} is ${engine.metrics[i]}`,
    ).toBe(true)
  })
}

/** Half size, whole size, twice it: a target that grows and shrinks within a position. */
const scaling: Strategy = {
  ...strategyNamed('buy-hold'),
  name: 'scaling',
  firstDecisionBar: () => 3,
  prepare:
    ({ close }) =>
    (bar) =>
      Math.max(-2, Math.min(2, Math.round(2 * Math.sin(close[bar])) / 2 + 0.5)),
}

/** A strategy that sizes itself by equity is the engine's. */
const FIXED = ON_BARS_ALONE.filter(({ sizing }) => sizing === undefined)

describe.each([...FIXED, scaling].map((strategy) => [strategy.name, strategy] as const))(
  'lean path of %s',
  (_, strategy) => {
    it('has the equity and the metrics of the engine to 1e-9: thirty histories, costs, sizes, rolls, ruins', () => {
      for (let seed = 0; seed < 30; seed++) {
        const rng = caseRng(seed)
        const bars = walk(60 + rng.integer(400), rng)
        const plain = someSettings(rng)
        const values = someValues(strategy, rng)
        const [simple, account] = traded(bars, plain)
        const ofPrice = plain.costs.slippageFraction > 0
        const instrument = seed % 2 === 0 ? simple : rolled(simple, rng)
        const runner = createCellRunner(instrument, strategy, account)
        expect(runner.kind).toBe(ofPrice && instrument.settles === true ? 'engine' : 'lean')
        runner.load(values)
        const lean = runOf(runner, 0, bars.close.length)
        const run = runAccount([instrument], strategy, values, account)
        const measured = measure(performanceOf(run, plain.initialCapitalUsd, null))
        expectEqual(
          lean,
          { equity: run.equityUsd, metrics: Float64Array.from(LEAN_METRICS, (name) => measured[name] ?? Number.NaN) },
          `seed ${seed}, ${JSON.stringify(values)}`,
        )
      }
    })

    it('has those of the engine on any window too, warmed up before it without trading', () => {
      for (let seed = 100; seed < 115; seed++) {
        const rng = caseRng(seed)
        const bars = walk(200 + rng.integer(300), rng)
        const plain = someSettings(rng)
        const values = someValues(strategy, rng)
        const from = rng.integer(150)
        const until = from + 2 + rng.integer(bars.close.length - from - 1)
        const [simple, account] = traded(bars, plain)
        const instrument = seed % 2 === 0 ? simple : rolled(simple, rng)
        const lean = createCellRunner(instrument, strategy, account)
        const engine = createEngineRunner(instrument, strategy, account)
        for (const runner of [lean, engine]) runner.load(values)
        expectEqual(runOf(lean, from, until), runOf(engine, from, until), `seed ${seed}, bars ${from} to ${until}`)
      }
    })
  },
)

describe('lean path', () => {
  it('buys a lot of 1,000 at the first open of a window and marks them at its closes: 10, then 12, then 11', () => {
    const bars = barsOf([10, 10, 10, 10, 10], [10, 10, 12, 11, 13])
    const runner = createCellRunner(...runnable(bars, strategyNamed('buy-hold'), settings({ commissionUsdPerLot: 5 })))
    runner.load({})
    // Decided at the close of bar 1, held from the open of bar 2: 2000 up, 1000 down, less 5 of commission.
    expect([...runOf(runner, 2, 4).equity]).toEqual([1_000_000, 1_001_995, 1_000_995])
    // A later window buys anew, and pays anew.
    expect([...runOf(runner, 3, 5).equity]).toEqual([1_000_000, 1_000_995, 1_002_995])
  })

  it('keeps sums and squares of blocks of twenty returns, the last one short, and zeros after ruin', () => {
    const bars = walk(120, caseRng(1), 300)
    const runner = createCellRunner(...runnable(bars, strategyNamed('buy-hold'), settings()))
    runner.load({})
    const count = blockCount(119)
    expect(count).toBe(6)
    const [sums, squares] = [new Float64Array(count + 2).fill(7), new Float64Array(count + 2).fill(7)]
    const out = new Float64Array(LEAN_METRICS.length)
    runner.run(0, 120, { out, offset: 0, metrics: 'fast' }, { sums, squares, offset: 1 })
    const returns = returnsOf(runner.equityUsd())
    for (let block = 0; block < count; block++) {
      const part = [...returns.subarray(block * BLOCK_BARS, Math.min(119, (block + 1) * BLOCK_BARS))]
      expect(sums[1 + block]).toBeCloseTo(
        part.reduce((sum, r) => sum + r, 0),
        15,
      )
      expect(squares[1 + block]).toBeCloseTo(
        part.reduce((sum, r) => sum + r * r, 0),
        15,
      )
    }
    expect([sums[0], sums[count + 1], squares[0], squares[count + 1]]).toEqual([7, 7, 7, 7])
    const poor = createCellRunner(
      ...runnable(bars, strategyNamed('buy-hold'), settings({}, { maintenanceMarginUsd: 999_000 })),
    )
    poor.load({})
    const path = poor.run(0, 120, { out, offset: 0, metrics: 'all' }, { sums, squares, offset: 1 })
    expect(path.ruined).toBe(true)
    expect([...sums.subarray(2 + Math.floor(path.count / BLOCK_BARS), 1 + count)].every((sum) => sum === 0)).toBe(true)
  })

  it('leaves what is not fast undefined when asked for fast metrics only, and measures the rest the same', () => {
    const runner = createCellRunner(
      ...runnable(goldenBars(), strategyNamed('ma-crossover'), settings({ commissionUsdPerLot: 2.5 })),
    )
    runner.load({ fast: 10, slow: 30, mode: 'state' })
    const { metrics } = runOf(runner, 0, 2500)
    const fast = new Float64Array(LEAN_METRICS.length)
    runner.run(0, 2500, { out: fast, offset: 0, metrics: 'fast' })
    expect([...fast.subarray(0, FAST_METRICS)]).toEqual([...metrics.subarray(0, FAST_METRICS)])
    expect([...fast.subarray(FAST_METRICS)].every(Number.isNaN)).toBe(true)
  })

  it('measures by the names of the engine’s metrics, more than forty of them', () => {
    const names = new Set(METRICS.map(({ name }) => name))
    expect(LEAN_METRICS.filter((name) => !names.has(name))).toEqual([])
    expect(LEAN_METRICS.length).toBeGreaterThanOrEqual(50)
    expect(new Set(LEAN_METRICS).size).toBe(LEAN_METRICS.length)
  })

  it('hands what it cannot trade to the engine: a stop, a size that depends on equity, a setting that it does not know', () => {
    const bars = walk(100, caseRng(2))
    const kind = (others: object): string =>
      createCellRunner(...runnable(bars, strategyNamed('buy-hold'), settings({}, others))).kind
    expect(kind({})).toBe('lean')
    expect(kind({ stopLoss: 2 })).toBe('engine')
    expect(kind({ trailingStop: 1 })).toBe('engine')
    expect(kind({ squareRootImpact: 0.1 })).toBe('engine')
    expect(
      kind({
        sizing: {
          rule: { kind: 'atr', fraction: 0.01, multiple: 2, window: 5 },
          caps: { maxLots: null, maxLeverage: null },
          resize: null,
          resizeBand: null,
        },
      }),
    ).toBe('engine')
  })
})

describe('chained strategy', () => {
  const bars = goldenBars()
  const strategy = strategyNamed('ma-crossover')
  const [quick, slow] = [
    { fast: 5, slow: 20, mode: 'state' },
    { fast: 20, slow: 100, mode: 'state' },
  ]
  const links = [
    { from: 500, until: 1200, values: quick },
    { from: 1200, until: 2000, values: slow },
  ]

  it('holds on each stretch what its own parameters hold, from the first bar on', () => {
    const chained = runBacktest(bars, chainedStrategy(strategy, links), {}, settings())
    const alone = [quick, slow].map((values) => runBacktest(bars, strategy, values, settings()).lots)
    for (let bar = 0; bar < 2500; bar++) {
      const expected = bar < 500 || bar >= 2000 ? 0 : bar < 1200 ? alone[0][bar] : alone[1][bar]
      expect(chained.lots[bar], `bar ${bar}`).toBe(expected)
    }
  })

  it('keeps the strategy’s own rule of size, and leaves it to the engine', () => {
    const sized: Strategy = { ...strategy, sizing: ({ fast }) => ({ kind: 'fixed', lots: Number(fast) }) }
    expect(chainedStrategy(sized, links).sizing?.({})).toEqual({ kind: 'fixed', lots: 5 })
    expect(chainedStrategy(strategy, links).sizing).toBeUndefined()
  })

  it('is traded by the lean path as by the engine', () => {
    const chained = chainedStrategy(strategy, links)
    const costs = settings({ commissionUsdPerLot: 2.5, slippagePrice: 0.01 })
    const [lean, engine] = [
      createCellRunner(...runnable(bars, chained, costs)),
      createEngineRunner(...runnable(bars, chained, costs)),
    ]
    for (const runner of [lean, engine]) runner.load({})
    expectEqual(runOf(lean, 500, 2000), runOf(engine, 500, 2000), 'chained')
  })
})
