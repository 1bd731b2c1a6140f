import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { commonDays, dailyEquity, equityOn } from '../../src/lib/backtest/metrics/daily-equity.js'
import { holmAdjusted } from '../../src/lib/backtest/robustness/holm.js'
import type { BacktestCompareData } from '../../src/lib/documents/backtest-compare.js'
import { inside } from '../support/inside.js'
import { fixture } from './golden-bars.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-compare-'))
afterAll(() => rmSync(folder, { recursive: true }))

const prices = ['--prices', fixture('bars_2500.csv'), '--multiplier', '1000', '--commission-usd', '2.5']
const run = (...words: string[]) => inside(['backtest', ...words], { cwd: folder })
const compare = (...words: string[]) => run('compare', ...words)
const dataOf = ({ stdout }: { stdout: string }): BacktestCompareData =>
  (JSON.parse(stdout) as { data: BacktestCompareData }).data

describe('common days', () => {
  it('of 1 2 3 5 and 2 3 4 5 are 2 3 5; of two bars on one day the last counts', () => {
    const day = 86_400_000
    const a = dailyEquity(Float64Array.of(day, 2 * day, 3 * day, 3 * day + 1, 5 * day), Float64Array.of(1, 2, 3, 4, 5))
    const b = dailyEquity(Float64Array.of(2 * day, 3 * day, 4 * day, 5 * day), Float64Array.of(9, 8, 7, 6))
    const common = commonDays([a, b])
    expect([...common]).toEqual([2, 3, 5])
    expect([[...equityOn(a, common)], [...equityOn(b, common)]]).toEqual([
      [2, 4, 5],
      [9, 8, 6],
    ])
  })
})

describe('p-values after Holm', () => {
  it('0.01 0.04 0.03 0.005 become 0.03 0.06 0.06 0.02', () => {
    expect(holmAdjusted([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
    expect(holmAdjusted([0.8, 0.9])).toEqual([1, 1])
  })
})

describe('contango backtest compare', () => {
  beforeAll(async () => {
    for (const name of ['ma-crossover', 'buy-hold']) {
      expect((await run(name, ...prices, '-o', `${name}.json`)).code).toBe(0)
    }
  })

  it('says the same of strategies that it runs and of results that it reads', async () => {
    const line = ['--draws', '200', '--json']
    const [ran, read] = await Promise.all([
      compare('ma-crossover', 'buy-hold', ...prices, ...line),
      compare('ma-crossover.json', 'buy-hold.json', ...line),
    ])
    expect([ran.code, read.code], ran.stderr + read.stderr).toEqual([0, 0])
    const [a, b] = [dataOf(ran), dataOf(read)]
    expect(a.runs.map(({ from }) => from)).toEqual(['strategy', 'strategy'])
    expect(b.runs.map(({ from, label }) => [from, label])).toEqual([
      ['file', 'ma-crossover'],
      ['file', 'buy-hold'],
    ])
    expect(a.common.days).toBe(2500)
    // documents carry 12 digits
    a.common.metrics.forEach(({ values }, m) =>
      values.forEach((value, i) => expect(b.common.metrics[m].values[i]).toBeCloseTo(value ?? Number.NaN, 6)),
    )
    expect(b.pairs[0].sharpeDifference).toBeCloseTo(a.pairs[0].sharpeDifference ?? Number.NaN, 8)
    expect(b.pairs[0].pValue).toBe(a.pairs[0].pValue)
    expect(read.stdout).not.toContain(folder)
  })

  it('adds the profits of all in one account, and is as volatile apart as together where two are one', async () => {
    const data = dataOf(await compare('buy-hold', 'buy-hold', ...prices, '--draws', '100', '--json'))
    const [first, second] = data.runs.map(({ finalUsd }) => finalUsd)
    expect(data.combined.finalUsd).toBeCloseTo(first + second, 6)
    expect(data.combined.diversification).toBeCloseTo(1, 12)
    expect(data.correlation[0][1]).toBeCloseTo(1, 12)
    expect(data.runs.map(({ label }) => label)).toEqual(['buy-hold', 'buy-hold (2)'])
    expect(data.pairs[0]).toMatchObject({ sharpeDifference: null, pValue: null })
  })

  it('compares the days that all have, and lists what it left out', async () => {
    const lines = readFileSync(fixture('bars_2500.csv'), 'utf8').trim().split('\n')
    writeFileSync(join(folder, 'short.csv'), [...lines.slice(0, 300), ...lines.slice(303, 1500), ''].join('\n'))
    await run('ma-crossover', '--prices', 'short.csv', '-o', 'short.json')
    const finished = await compare('short.json', 'ma-crossover.json', '--draws', '100', '--json')
    const data = dataOf(finished)
    expect(data.common.days).toBe(1496)
    expect(data.runs.map(({ droppedDays }) => droppedDays)).toEqual([0, 1004])
    expect(data.runs[1].firstDropped[0]).toBe(lines[300].split(',')[0])
    expect(finished.stderr).toContain('ma-crossover: 1004 of its days are not in every run')
  })

  it('takes parameters in the word of a strategy, and writes equity of all by day', async () => {
    const line = ['ma-crossover --fast 5 --slow 20', 'ma-crossover', ...prices, '--draws', '100']
    const finished = await compare(...line, '--equity', 'all.csv', '--json')
    expect(finished.code, finished.stderr).toBe(0)
    expect(dataOf(finished).runs.map(({ parameters }) => parameters['fast'])).toEqual([5, 10])
    const [head, first] = readFileSync(join(folder, 'all.csv'), 'utf8').split('\n')
    expect(head).toBe('date,ma-crossover --fast 5 --slow 20,ma-crossover,combined')
    expect(first.split(',').slice(1)).toEqual(['1000000', '1000000', '2000000'])
  })

  it('trips where an assertion about a pair or the combined account fails', async () => {
    const line = ['ma-crossover.json', 'buy-hold.json', '--draws', '100']
    expect((await compare(...line, '--assert', 'pair1.pValue<=0')).code).toBe(10)
    expect((await compare(...line, '--assert', 'combined.maxDrawdown>=-1', '--assert', 'run2.annualVol>0')).code).toBe(
      0,
    )
  })

  it('compares kept runs of the workspace', async () => {
    const home = inject('simHome')
    const kept = await inside(['backtest', 'ma-crossover', 'wti', '--keep'], { home })
    const id = /kept as ([0-9a-f]{12})/.exec(kept.stderr)?.[1] ?? ''
    const finished = await inside(['backtest', 'compare', id, 'buy-hold wti', '--draws', '100', '--json'], { home })
    expect(finished.code, finished.stderr).toBe(0)
    expect(dataOf(finished).runs[0]).toMatchObject({ from: 'kept', id })
    expect(finished.stderr).toContain('SIMULATED')
  })

  it.each([
    [['ma-crossover.json'], 2, 'there is one'],
    [['ma-crossover', 'nonsense', ...prices], 2, '"nonsense" is no strategy'],
    [['ma-crossover', 'buy-hold', 'wti', 'brent'], 2, 'wti and brent are both instruments'],
    [['ma-crossover.json', 'missing.json'], 4, 'neither a result file nor'],
    [['ma-crossover.json', 'buy-hold.json', '--assert', 'sharpe>=1'], 2, 'run1.sharpe'],
    [['ma-crossover', 'buy-hold --slow 3', ...prices], 2, 'buy-hold has no parameter "--slow"'],
  ])('%j is refused', async (line, exit, message) => {
    const { code, stderr, stdout } = await compare(...line)
    expect([code, stdout]).toEqual([exit, ''])
    expect(stderr).toContain(message)
  })

  it('refuses runs that share no days', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${new Date(Date.UTC(1990, 0, 1 + i)).toISOString().slice(0, 10)},5,6,4,${5 + (i % 2)}`,
    )
    writeFileSync(join(folder, 'old.csv'), ['date,open,high,low,close', ...rows, ''].join('\n'))
    await run('buy-hold', '--prices', 'old.csv', '-o', 'old.json')
    const { code, stderr } = await compare('old.json', 'buy-hold.json')
    expect([code, stderr]).toEqual([4, expect.stringContaining('share 0 days')])
  })
})
