import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import type { BacktestMontecarloData } from '../../src/lib/documents/backtest-montecarlo.js'
import { contango } from '../support/contango.js'
import { inside } from '../support/inside.js'
import { fixture } from './golden-bars.js'
import { parkMiller } from './robustness/samples.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-montecarlo-'))
afterAll(() => rmSync(folder, { recursive: true }))

const money = ['--multiplier', '1000', '--commission-usd', '2.5', '--slippage', '0.01']
const prices = ['--prices', fixture('bars_2500.csv'), ...money]
const run = (...words: string[]) => inside(['backtest', 'montecarlo', ...words], { cwd: folder })
const dataOf = ({ stdout }: { stdout: string }): BacktestMontecarloData =>
  (JSON.parse(stdout) as { data: BacktestMontecarloData }).data

describe('contango backtest montecarlo', () => {
  it('puts the run itself beside its paths: −36,512.50 USD of the peers’ moving averages', async () => {
    const finished = await run('ma-crossover', ...prices, '--paths', '500', '--json')
    const data = dataOf(finished)
    expect(finished.code, finished.stderr).toBe(0)
    expect(data.finalEquity.observed).toBe(1_000_000 - 36_512.5)
    expect([data.method, data.resampled, data.block?.chosen, data.paths]).toEqual([
      'stationary',
      'pnl',
      'automatic',
      500,
    ])
    const { p1, p5, p25, p50, p75, p95, p99, interval } = data.finalEquity
    expect([p1, p5, p25, p50, p75, p95, p99]).toEqual(
      [p1, p5, p25, p50, p75, p95, p99].toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    )
    expect([interval.low! < p5!, interval.high! > p95!]).toEqual([true, true])
    expect(data.totalReturn.p50).toBeCloseTo(data.finalEquity.p50! / 1e6 - 1, 9)
    expect(data.probabilityOfLoss).toBeGreaterThan(data.probabilityOfLossInterval.low)
    expect(data.cone.at(-1)).toMatchObject({
      bar: 2499,
      p50: data.finalEquity.p50,
      observed: data.finalEquity.observed,
    })
    expect(data.cone[0]).toMatchObject({ bar: 0, p5: 1_000_000, p95: 1_000_000 })
  })

  it.each(['circular', 'moving', 'trades', 'trade-order', 'garch', 'random-entry'])(
    '--method %s is the same twice, and other with another seed',
    async (method) => {
      const line = ['ma-crossover', ...prices, '--method', method, '--paths', '100', '--json']
      const [first, second, other] = await Promise.all([run(...line), run(...line), run(...line, '--seed', '2')])
      expect(first.code, first.stderr).toBe(0)
      expect(second.stdout).toBe(first.stdout)
      expect(dataOf(other).maxDrawdown.p50).not.toBe(dataOf(first).maxDrawdown.p50)
      expect(dataOf(first).finalEquity.observed).toBe(963_487.5)
    },
  )

  it('finds no skill in moving averages on a random walk: p neither near 0 nor near 1', async () => {
    const finished = await run('ma-crossover', ...prices, '--method', 'random-entry', '--paths', '400', '--json')
    const { randomEntry } = dataOf(finished)
    expect(randomEntry?.pValueSharpe).toBeGreaterThan(0.02)
    expect(randomEntry?.pValueSharpe).toBeLessThan(0.98)
    expect([randomEntry!.longBars > 1000, randomEntry!.shortBars > 1000]).toEqual([true, true])
  })

  it('finds the skill of a strategy that is right: p at its least, 1 ÷ 201', async () => {
    // Legs up and down of 10 to 40 bars: the breakout of 3 bars is early in every one.
    const uniform = parkMiller(7)
    let [price, left, step] = [60, 0, 1]
    const rows = Array.from({ length: 800 }, (_, i) => {
      if (left-- <= 0) [left, step] = [10 + Math.floor(30 * uniform()), -step]
      price += step
      return `${new Date(Date.UTC(2015, 0, 1 + i)).toISOString().slice(0, 10)},${price},${price},${price},${price}`
    })
    writeFileSync(join(folder, 'zigzag.csv'), ['date,open,high,low,close', ...rows, ''].join('\n'))
    const line = ['momentum-breakout', '--prices', 'zigzag.csv', '--method', 'random-entry', '--paths', '200', '--json']
    const { randomEntry } = dataOf(await run(...line, '--', '--window', '3'))
    expect(randomEntry?.pValueSharpe).toBeCloseTo(1 / 201, 12)
  })

  it('compounds returns where asked to, and knows ruin: an account of one lot’s loss', async () => {
    const line = ['buy-hold', ...prices, '--initial-capital', '8000', '--paths', '300', '--json']
    const pnl = dataOf(await run(...line, '--ruin-usd', '2000'))
    expect(pnl.ruinUsd).toBe(2000)
    expect(pnl.probabilityOfRuin).toBeGreaterThan(0.2)
    const finals = [pnl.finalEquity.p1, pnl.finalEquity.p5]
    expect(finals.every((usd) => usd !== null && usd <= 2000)).toBe(true)
    const returns = dataOf(await run('buy-hold', ...prices, '--resample', 'returns', '--json'))
    expect(returns.resampled).toBe('returns')
    expect(returns.finalEquity.p1).toBeGreaterThan(0)
  })

  it('trips on an assertion of any figure', async () => {
    const line = ['ma-crossover', ...prices, '--paths', '100', '--assert', 'probabilityOfLoss<=0.01']
    const { code, stderr } = await run(...line)
    expect([code, stderr]).toEqual([10, expect.stringContaining('tripped: --assert "probabilityOfLoss<=0.01"')])
    expect((await run(...line.slice(0, -2), '--assert', 'sharpe.p95>=-1')).code).toBe(0)
  })

  it('trades worlds of the simulator on a product of the lake', async () => {
    const home = inject('simHome')
    const line = ['backtest', 'montecarlo', 'ma-crossover', 'wti', '--method', 'simulator', '--paths', '100', '--json']
    const finished = await inside(line, { home })
    expect(finished.code, finished.stderr).toBe(0)
    const data = dataOf(finished)
    expect(data.finalEquity.sd).toBeGreaterThan(0)
    expect(data.resampled).toBeNull()
  })

  it.each([
    [['carry', 'wti', '--method', 'simulator'], 'needs the column roll-yield:1:2'],
    [['ma-crossover', 'wti,brent', '--method', 'random-entry'], 'are several instruments'],
    [['zscore-spread', 'crack-3-2-1', '--method', 'garch'], 'has 3 legs'],
  ])('%j is refused: such prices say nothing of it', async (line, message) => {
    const argv = ['backtest', 'montecarlo', ...line, '--paths', '100']
    const { stderr, stdout, code } = await inside(argv, { home: inject('simHome') })
    expect([code === 0 || code === 1, stdout]).toEqual([false, ''])
    expect(stderr).toContain(message)
  })

  it('draws what a spread and what several instruments earned', async () => {
    for (const instrument of ['crack-3-2-1', 'wti,brent']) {
      const argv = ['backtest', 'montecarlo', 'zscore-spread', instrument, '--paths', '100', '--json']
      const finished = await inside(argv, { home: inject('simHome') })
      expect(finished.code, finished.stderr).toBe(0)
      expect(dataOf(finished).sharpe.paths).toBe(100)
    }
  })

  it.each([
    [['ma-crossover', ...prices, '--paths', '5'], 2, 'from 100'],
    [['ma-crossover', ...prices, '--assert', 'sharpe>=0'], 2, 'sharpe.p5'],
    [['buy-hold', ...prices, '--method', 'trades'], 4, '0 closed trades are too few'],
    [['buy-hold', ...prices, '--method', 'simulator'], 2, 'name the INSTRUMENT'],
    [['buy-hold', '--prices', 'few.csv', '--method', 'garch'], 4, 'a GARCH needs 100 bars'],
    [['buy-hold', '--prices', 'few.csv', '--as-of', '2020-01-10'], 4, 'too few to draw from'],
  ])('%j is refused', async (line, exit, message) => {
    const rows = Array.from({ length: 28 }, (_, i) => `2020-01-${String(i + 1).padStart(2, '0')},5,6,4,${5 + (i % 2)}`)
    writeFileSync(join(folder, 'few.csv'), ['date,open,high,low,close', ...rows, ''].join('\n'))
    const { code, stderr, stdout } = await run(...line)
    expect([code, stdout]).toEqual([exit, ''])
    expect(stderr).toContain(message)
  })

  it('stops within a second on Ctrl-C', async () => {
    const started = Date.now()
    const { code } = await contango(
      ['backtest', 'montecarlo', 'ma-crossover', ...prices, '--paths', '100000', '--method', 'garch'],
      { cwd: folder, killAfterMs: 2500 },
    )
    expect(code).toBe(130)
    expect(Date.now() - started).toBeLessThan(6000)
  })
})
