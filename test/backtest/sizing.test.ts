import { describe, expect, it } from 'vitest'
import type { SizingSettings } from '../../src/lib/backtest/prepare-sizing.js'
import type { PriceBars } from '../../src/lib/backtest/price-bars.js'
import { runAccount } from '../../src/lib/backtest/run-account.js'
import { runBacktest } from '../../src/lib/backtest/run-backtest.js'
import type { Strategy } from '../../src/lib/backtest/strategy.js'
import type { SizingRule } from '../../src/lib/execution/sizing.js'
import { requestedSizing } from '../../src/lib/desk/requested-sizing.js'
import { barsOf, goldenBars, plainly, settings } from './golden-bars.js'

const sizing = (rule: SizingRule | null, others: Partial<SizingSettings> = {}): SizingSettings => ({
  rule,
  caps: { maxLots: null, maxLeverage: null },
  resize: null,
  resizeBand: null,
  ...others,
})

function scripted(targets: readonly number[], own?: SizingRule): Strategy {
  return {
    name: 'scripted',
    summary: '',
    rule: '',
    parameters: [],
    sizing: own && (() => own),
    firstDecisionBar: () => 0,
    prepare: () => (bar, held) => targets[bar] ?? held,
  }
}

const flatBars = (closes: readonly number[]): PriceBars => barsOf(closes, closes)
const held = (bars: PriceBars, strategy: Strategy, how: SizingSettings, others = {}): number[] => [
  ...runBacktest(bars, strategy, {}, settings({}, { sizing: how, ...others })).lots,
]

describe('vol-target', () => {
  // Changes of +1, −1, +1: deviation of the last two is √2 = 1.414214.
  const saw = flatBars([50, 51, 50, 51, 50, 51, 50, 51])
  const rule: SizingRule = { kind: 'vol-target', targetVol: 0.15, window: 2 }

  it('is 150,000 ÷ (1000 × 1.414214 × √252) = 6.68: 7 lots, once two changes are known', () => {
    // The first deviation is at bar 2 and fills at bar 3.
    expect(held(saw, scripted([1]), sizing(rule))).toEqual([0, 0, 0, 7, 7, 7, 7, 7])
  })

  it('follows the deviation at each close, and keeps its lots within the band', () => {
    const wide = flatBars([50, 51, 50, 51, 50, 51, 50, 53, 50, 53, 50])
    // Last deviations: 1.41 … 1.41, √8 = 2.83 (−1, +3): 3.34; then √18 = 4.24: 2.23.
    const lots = held(wide, scripted([1]), sizing(rule))
    expect(lots).toEqual([0, 0, 0, 7, 7, 7, 7, 7, 3, 2, 2])
    expect(held(wide, scripted([1]), sizing(rule, { resize: 'change' }))).toEqual([0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7])
    expect(held(wide, scripted([1]), sizing(rule, { resizeBand: 0.5 }))).toEqual([0, 0, 0, 7, 7, 7, 7, 7, 3, 3, 3])
  })

  it('waits while prices do not move, goes flat when told to, and never divides by zero', () => {
    const still = flatBars([50, 50, 50, 50, 51, 50, 50, 50, 50])
    expect(held(still, scripted([1, 1, 1, 1, 1, 1, 1, 1]), sizing(rule))).toEqual([0, 0, 0, 0, 0, 13, 7, 13, 13])
    expect(held(still, scripted([1, 1, 1, 1, 1, 1, 0]), sizing(rule)).slice(6)).toEqual([7, 0, 0])
  })

  it('is what a strategy may bring along, and what the command line overrides', () => {
    expect(held(saw, scripted([1], rule), sizing(null)).at(-1)).toBe(7)
    expect(held(saw, scripted([1], rule), sizing({ kind: 'fixed', lots: 2 })).at(-1)).toBe(2)
    expect(runBacktest(saw, scripted([1], rule), {}, settings()).lots.at(-1)).toBe(7)
  })
})

describe('fraction of notional', () => {
  const rule: SizingRule = { kind: 'fraction', of: 'notional', fraction: 1, window: 3 }

  it('is worth the largest |price| of the window: through zero it does not grow without bound', () => {
    const april = flatBars([25, 20, 18, -37, 10, 1, 0.01, 0.01])
    // A million over 25,000, 25,000, 25,000, 37,000 … 10,000, 1,000 …: a lot at 0.01 is not worth 10 USD.
    const wanted = [40, 40, 40, 27, 27, 27, 100]
    wanted.forEach((lots, bar) => {
      const targets = new Array<number>(bar + 1).fill(0)
      targets[bar] = 1
      const run = runBacktest(april, scripted(targets), {}, settings({}, { sizing: sizing(rule) }))
      expect([bar, run.lots[bar + 1]]).toEqual([bar, lots])
    })
  })

  it('takes the settlement of the contract held where the close is a joined level', () => {
    const joined = { ...flatBars([5, 5, 5, 5]), price: Float64Array.of(50, 50, 50, 50) }
    expect(held(joined, scripted([1]), sizing(rule)).at(-1)).toBe(20)
  })

  it('decides the size when the target changes: 20 lots at 50, with their profit 20 short at 80', () => {
    // 20 lots from 50 to 80 make 600,000: 1,600,000 ÷ 80,000 = 20.
    expect(held(flatBars([50, 50, 60, 80, 80, 80]), scripted([1, 1, 1, -1]), sizing(rule))).toEqual([
      0, 20, 20, 20, -20, -20,
    ])
  })
})

describe('atr', () => {
  it('loses 1 % of equity over two ranges: 10,000 ÷ (1000 × 2 × 2) = 2.5, 2 lots', () => {
    const bars = flatBars([50, 52, 50, 52, 50])
    const rule: SizingRule = { kind: 'atr', fraction: 0.01, multiple: 2, window: 2 }
    expect(held(bars, scripted([1]), sizing(rule))).toEqual([0, 0, 0, 2, 2])
  })
})

describe('fraction at risk', () => {
  it('loses 1 % of equity at a stop 2.00 away: 5 lots', () => {
    const rule: SizingRule = { kind: 'fraction', of: 'risk', fraction: 0.01 }
    const run = runBacktest(
      flatBars([50, 50, 48, 48]),
      scripted([1]),
      {},
      settings({}, { sizing: sizing(rule), stopLoss: 2 }),
    )
    expect(run.lots[1]).toBe(5)
    expect(run.trades.netUsd[0]).toBe(-10_000)
  })
})

describe('caps in a run', () => {
  it('cut the size and are counted', () => {
    const rule: SizingRule = { kind: 'fixed', lots: 10 }
    const how = sizing(rule, { caps: { maxLots: 4, maxLeverage: null } })
    const run = runBacktest(flatBars([50, 50, 50, 50]), scripted([1, 1, 0.2]), {}, settings({}, { sizing: how }))
    expect([...run.lots]).toEqual([0, 4, 4, 2])
    expect(run.cappedDecisions).toBe(1)
  })

  it('hold equity to ten times notional by default, of every rule but fixed lots', () => {
    const rule: SizingRule = { kind: 'fraction', of: 'notional', fraction: 25, window: 1 }
    // 10 × 1,000,000 ÷ 50,000.
    expect(held(flatBars([50, 50]), scripted([1]), sizing(rule))).toEqual([0, 200])
    const instrument = plainly(flatBars([50, 50]), {}, 10_000)
    const { instruments } = runAccount([instrument], scripted([1]), {}, settings({}, { sizing: sizing(rule) }))
    // What equity covers the margin of is cut, and not rejected: 1,000,000 ÷ 10,000.
    expect([...instruments[0].lots]).toEqual([0, 100])
  })
})

describe('a size that changes with the bars', () => {
  it('does not come back after a stop until the target changes', () => {
    const rule: SizingRule = { kind: 'vol-target', targetVol: 0.15, window: 2 }
    const bars = flatBars([50, 51, 50, 51, 45, 46, 45, 46, 45])
    const run = runBacktest(
      bars,
      scripted([1, 1, 1, 1, 1, 1, 1, -1]),
      {},
      settings({}, { sizing: sizing(rule), stopLoss: 2 }),
    )
    expect([...run.lots].map(Math.sign)).toEqual([0, 0, 0, 1, 0, 0, 0, 0, -1])
  })

  it('is the same in every prefix: nothing of it looks ahead', () => {
    const bars = goldenBars()
    const targets = Array.from({ length: 400 }, (_, i) => [1, 1, -1, 0.5, 0][Math.floor(i / 9) % 5])
    const cut = (length: number): PriceBars => ({
      timeMs: bars.timeMs.subarray(0, length),
      open: bars.open.subarray(0, length),
      high: bars.high.subarray(0, length),
      low: bars.low.subarray(0, length),
      close: bars.close.subarray(0, length),
    })
    const rules: SizingRule[] = [
      { kind: 'vol-target', targetVol: 0.2, window: 20 },
      { kind: 'atr', fraction: 0.02, multiple: 2, window: 14 },
      { kind: 'fraction', of: 'notional', fraction: 1.5, window: 10 },
    ]
    for (const rule of rules) {
      const how = sizing(rule, { resize: 'bar' })
      const whole = held(cut(400), scripted(targets), how)
      expect(held(cut(123), scripted(targets), how)).toEqual(whole.slice(0, 123))
      expect(new Set(whole).size).toBeGreaterThan(5)
    }
  })

  it('does not change where all prices move by a constant, under vol-target and atr', () => {
    const bars = goldenBars()
    const shifted = {
      timeMs: bars.timeMs,
      open: bars.open.map((price) => price - 128),
      high: bars.high.map((price) => price - 128),
      low: bars.low.map((price) => price - 128),
      close: bars.close.map((price) => price - 128),
    }
    const targets = Array.from({ length: bars.close.length }, (_, i) => [1, -1][Math.floor(i / 9) % 2])
    for (const rule of [
      { kind: 'vol-target', targetVol: 0.2, window: 20 },
      { kind: 'atr', fraction: 0.02, multiple: 2, window: 14 },
    ] as const) {
      const loose = sizing(rule, { caps: { maxLots: null, maxLeverage: 1e9 } })
      expect(held(shifted, scripted(targets), loose)).toEqual(held(bars, scripted(targets), loose))
    }
  })
})

describe('flags of sizing', () => {
  const facts = { lots: 3, stopLoss: null }
  it('have defaults by kind', () => {
    expect(requestedSizing({ sizing: 'vol-target' }, facts)?.rule).toEqual({
      kind: 'vol-target',
      targetVol: 0.15,
      window: 60,
    })
    expect(requestedSizing({ sizing: 'atr', 'equity-fraction': 0.02 }, facts)?.rule).toEqual({
      kind: 'atr',
      fraction: 0.02,
      multiple: 2,
      window: 20,
    })
    expect(requestedSizing({}, facts)).toBeNull()
    expect(requestedSizing({ 'max-lots': 2 }, facts)?.rule).toBeNull()
  })
  it.each([
    [{ 'target-vol': 0.1 }, /--target-vol says nothing without --sizing/],
    [{ sizing: 'fixed', 'sizing-window': 20 }, /--sizing-window says nothing under --sizing fixed/],
    [{ sizing: 'fraction', 'fraction-of': 'risk' }, /there is no --stop-loss/],
  ] as const)('refuse %j', (flags, message) => {
    expect(() => requestedSizing(flags, facts)).toThrow(message)
  })
})
