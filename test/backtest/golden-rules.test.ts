import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { inside } from '../support/inside.js'
import { barsOf, fixture, goldenBars, readGolden } from './golden-bars.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Prices as plain lists. */
interface Bars {
  readonly open: readonly number[]
  readonly high: readonly number[]
  readonly low: readonly number[]
  readonly close: readonly number[]
}

/** The target after the close of bar i, from everything before it: written as the rule is said, and as slow. */
type Rule = (bars: Bars, i: number, held: number) => number

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[], ddof: number): number => {
  const centre = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - ddof))
}
const window = (values: readonly number[], i: number, n: number): readonly number[] => values.slice(i - n + 1, i + 1)

const buyHold: Rule = () => 1

const crossover =
  (fast: number, slow: number, mode: 'state' | 'cross'): Rule =>
  ({ close }, i, held) => {
    const gap = (at: number): number => mean(window(close, at, fast)) - mean(window(close, at, slow))
    const side = (at: number): number => (gap(at) > 1e-9 ? 1 : gap(at) < -1e-9 ? -1 : 0)
    if (side(i) === 0) return held
    if (mode === 'state') return side(i)
    let before = i - 1
    while (before > slow && side(before) === 0) before--
    return side(before) === side(i) ? held : side(i)
  }

const rsi =
  (n: number): Rule =>
  ({ close }, i, held) => {
    const changes = close.slice(1, i + 1).map((price, k) => price - close[k])
    let gain = mean(changes.slice(0, n).map((change) => Math.max(change, 0)))
    let loss = mean(changes.slice(0, n).map((change) => Math.max(-change, 0)))
    for (const change of changes.slice(n)) {
      gain = (gain * (n - 1) + Math.max(change, 0)) / n
      loss = (loss * (n - 1) + Math.max(-change, 0)) / n
    }
    const strength = loss === 0 ? 100 : 100 - 100 / (1 + gain / loss)
    if (strength < 30) return 1
    if (strength > 70) return -1
    if (held > 0 && strength > 50) return 0
    if (held < 0 && strength < 50) return 0
    return held
  }

const bollinger =
  (n: number, ddof: number): Rule =>
  ({ close }, i, held) => {
    const values = window(close, i, n)
    const half = 2 * deviation(values, ddof)
    if (close[i] <= mean(values) - half) return 1
    if (close[i] >= mean(values) + half) return -1
    if (held > 0 && close[i] >= mean(values)) return 0
    if (held < 0 && close[i] <= mean(values)) return 0
    return held
  }

const breakout =
  (n: number): Rule =>
  ({ high, low, close }, i, held) => {
    if (close[i] > Math.max(...high.slice(i - n, i))) return 1
    return close[i] < Math.min(...low.slice(i - n, i)) ? -1 : held
  }

const zscore =
  (n: number, ddof: number): Rule =>
  ({ close }, i, held) => {
    const values = window(close, i, n)
    const spread = deviation(values, ddof)
    if (spread === 0) return held
    const z = (close[i] - mean(values)) / spread
    if (z < -2) return 1
    if (z > 2) return -1
    if (held > 0 && z > -0.5) return 0
    if (held < 0 && z < 0.5) return 0
    return held
  }

interface Reference {
  readonly equity: readonly number[]
  readonly trades: readonly { side: string; entryBar: number; exitBar: number; netUsd: number }[]
}

/** One lot of 1000 from a million, 2.50 a lot and 0.01 USD/bbl of slippage, filled at the next open. */
function traded(bars: Bars, rule: Rule, first: number): Reference {
  let cash = 1_000_000
  let held = 0
  let target = 0
  let entry = { bar: 0, price: 0 }
  const equity: number[] = []
  const trades: Reference['trades'][number][] = []
  for (let i = 0; i < bars.close.length; i++) {
    const lots = target - held
    if (lots !== 0) {
      const price = bars.open[i] + 0.01 * Math.sign(lots)
      cash -= lots * price * 1000 + 2.5 * Math.abs(lots)
      if (held !== 0) {
        const netUsd = (price - entry.price) * held * 1000 - 5
        trades.push({ side: held > 0 ? 'long' : 'short', entryBar: entry.bar, exitBar: i, netUsd })
      }
      if (target !== 0) entry = { bar: i, price }
      held = target
    }
    equity.push(cash + held * bars.close[i] * 1000)
    if (i >= first) target = rule(bars, i, target)
  }
  return { equity, trades }
}

const lists = (bars: Record<'open' | 'high' | 'low' | 'close', Float64Array>): Bars => ({
  open: [...bars.open],
  high: [...bars.high],
  low: [...bars.low],
  close: [...bars.close],
})

const golden = readGolden<{ open: number[]; close: number[] }>('wti_negative_price.json')
const april = barsOf(golden.open, golden.close)
const aprilFile = join(folder, 'april.csv')
writeFileSync(
  aprilFile,
  [
    'date,open,high,low,close',
    ...golden.open.map((_, i) =>
      [
        new Date(april.timeMs[i]).toISOString().slice(0, 10),
        april.open[i],
        april.high[i],
        april.low[i],
        april.close[i],
      ].join(','),
    ),
    '',
  ].join('\n'),
)

const money = [
  '--lots',
  '1',
  '--multiplier',
  '1000',
  '--commission-usd',
  '2.5',
  '--slippage',
  '0.01',
  '--initial-capital',
  '1000000',
]

/** The command line of the issue, with its equity and trades as they are written to files. */
async function typed(file: string, strategy: string, words: readonly string[]): Promise<Reference> {
  const { code, stderr } = await inside(
    [
      'backtest',
      strategy,
      '--prices',
      file,
      ...money,
      '--equity',
      'equity.csv',
      '--trades',
      'trades.csv',
      '-q',
      ...(words.length > 0 ? ['--', ...words] : []),
    ],
    { cwd: folder },
  )
  expect([code, stderr]).toEqual([0, ''])
  const rows = (name: string): Record<string, string>[] => {
    const [head, ...lines] = readFileSync(join(folder, name), 'utf8').trim().split('\n')
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [head.split(',')[i], cell])))
  }
  return {
    equity: rows('equity.csv').map(({ equity }) => Number(equity)),
    trades: rows('trades.csv').map((row) => ({
      side: row['side'],
      entryBar: Number(row['entryBar']),
      exitBar: Number(row['exitBar']),
      netUsd: Number(row['netUsd']),
    })),
  }
}

function expectSame(got: Reference, wanted: Reference): void {
  expect(got.equity).toHaveLength(wanted.equity.length)
  const worst = Math.max(...got.equity.map((value, i) => Math.abs(value - wanted.equity[i])))
  expect(worst).toBeLessThan(1e-6)
  expect(got.trades.map(({ side, entryBar, exitBar }) => [side, entryBar, exitBar])).toEqual(
    wanted.trades.map(({ side, entryBar, exitBar }) => [side, entryBar, exitBar]),
  )
  got.trades.forEach(({ netUsd }, i) => expect(netUsd).toBeCloseTo(wanted.trades[i].netUsd, 6))
}

describe('2,500 bars from the command line', () => {
  it.each<[string, string[], number, Rule]>([
    ['buy-hold', [], 1, buyHold],
    ['ma-crossover', [], 30, crossover(10, 30, 'state')],
    ['ma-crossover', ['--mode', 'cross'], 30, crossover(10, 30, 'cross')],
    ['rsi-reversion', [], 14, rsi(14)],
    ['bollinger-reversion', [], 20, bollinger(20, 0)],
    ['bollinger-reversion', ['--ddof', '1'], 20, bollinger(20, 1)],
    ['momentum-breakout', [], 20, breakout(20)],
    ['zscore-spread', [], 20, zscore(20, 0)],
    ['zscore-spread', ['--ddof', '1'], 20, zscore(20, 1)],
  ])('%s %j has the equity and the trades of its rule written out', async (strategy, words, first, rule) => {
    expectSame(await typed(fixture('bars_2500.csv'), strategy, words), traded(lists(goldenBars()), rule, first))
  })
})

describe('ten bars through −37.63', () => {
  it.each<[string, string[], number, Rule]>([
    ['buy-hold', [], 1, buyHold],
    ['ma-crossover', ['--fast', '2', '--slow', '3'], 3, crossover(2, 3, 'state')],
    ['ma-crossover', ['--fast', '2', '--slow', '3', '--mode', 'cross'], 3, crossover(2, 3, 'cross')],
    ['rsi-reversion', ['--period', '2'], 2, rsi(2)],
    ['bollinger-reversion', ['--window', '5'], 5, bollinger(5, 0)],
    ['bollinger-reversion', ['--window', '6', '--ddof', '1'], 6, bollinger(6, 1)],
    ['momentum-breakout', ['--window', '2'], 2, breakout(2)],
    ['zscore-spread', ['--window', '6'], 6, zscore(6, 0)],
  ])('%s %j has the equity and the trades of its rule written out', async (strategy, words, first, rule) => {
    expectSame(await typed(aprilFile, strategy, words), traded(lists(april), rule, first))
  })
})
