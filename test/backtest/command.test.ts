import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { BacktestData } from '../../src/lib/documents/backtest.js'
import { inside } from '../support/inside.js'
import { fixture, readGolden } from './golden-bars.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-backtest-'))
afterAll(() => rmSync(folder, { recursive: true }))

const money = ['--multiplier', '1000', '--commission-usd', '2.5', '--slippage', '0.01', '--initial-capital', '1000000']
const prices = ['--prices', fixture('bars_2500.csv')]
const run = (...words: string[]) => inside(['backtest', ...words], { cwd: folder })
const dataOf = (stdout: string): BacktestData => (JSON.parse(stdout) as { data: BacktestData }).data

describe('contango backtest', () => {
  const golden = readGolden<{ equity: number[]; equityFinal: number; trades: { netPnl: number }[] }>(
    'strategy_ma_crossover_state_10_30_comm2.50_slip0.01.json',
  )

  it('gives the peers’ figures from the command line, without a workspace', async () => {
    const files = ['--equity', 'equity.csv', '--trades', 'trades.ndjson']
    const after = ['--', '--fast', '10', '--slow', '30']
    const { stdout, code } = await run('ma-crossover', ...prices, ...money, ...files, '--json', ...after)
    const { equity, trades, costs } = dataOf(stdout)
    expect(code).toBe(0)
    expect([equity.final, trades.count]).toEqual([golden.equityFinal, 88])
    // 177 lots in 89 fills: 2.50 and 10 USD each; −34,300 − 2,212.50 = −36,512.50.
    expect(costs).toEqual({
      commissionUsd: 442.5,
      slippageUsd: 1770,
      impactUsd: 0,
      rollUsd: 0,
      totalUsd: 2212.5,
      grossProfitUsd: -34_300,
      netProfitUsd: -36_512.5,
    })
    const rows = readFileSync(join(folder, 'equity.csv'), 'utf8').trim().split('\n').slice(1)
    const worst = Math.max(...rows.map((row, i) => Math.abs(Number(row.split(',')[3]) - golden.equity[i])))
    expect(rows).toHaveLength(2500)
    expect(worst).toBeLessThanOrEqual(1e-9)
    const written = readFileSync(join(folder, 'trades.ndjson'), 'utf8').trim().split('\n')
    expect(written).toHaveLength(golden.trades.length)
    expect((JSON.parse(written[0]) as { netUsd: number }).netUsd).toBeCloseTo(golden.trades[0].netPnl, 9)
  })

  it('trips on an assertion that does not hold', async () => {
    const { code, stderr } = await run(
      'ma-crossover',
      ...prices,
      ...money,
      '--assert',
      'trades>=80',
      '--assert',
      'sharpe>=0.5',
    )
    expect(code).toBe(10)
    expect(stderr).toContain('tripped: --assert "sharpe>=0.5" does not hold')
  })

  it.each([
    [['ma-crossover', ...prices, '--', '--window', '5'], 2, 'it takes --fast, --slow, --mode'],
    [['no-such', ...prices], 2, 'buy-hold, ma-crossover'],
    [['buy-hold'], 2, 'neither an INSTRUMENT nor a --prices file'],
    [['buy-hold', ...prices, '--slippage-ticks', '1'], 2, 'an instrument that says its tick'],
    [['buy-hold', ...prices, '--equity', 'equity.xls'], 2, 'ends in none of .csv'],
    [['ma-crossover', ...prices, '--', '--slow', '2499'], 4, 'there are 2500 bars'],
    [
      ['buy-hold', ...prices, '--initial-margin-usd', '6000', '--initial-capital', '5000'],
      6,
      'do not cover 1 lot of bars_2500.csv',
    ],
  ])('%j is refused', async (line, exit, message) => {
    const { code, stderr, stdout } = await run(...line)
    expect([code, stdout]).toEqual([exit, ''])
    expect(stderr).toContain(message)
  })

  it('refuses a low above its high with its date, and leaves a blank out unless --strict', async () => {
    const rows = ['date,open,high,low,close', '2020-01-01,1,1,1,1', '2020-01-02,1,1,1,1', '2020-01-03,1,1,1,1']
    writeFileSync(join(folder, 'upside-down.csv'), [...rows, '2020-01-06,1,0,2,1', ''].join('\n'))
    const refused = await run('buy-hold', '--prices', 'upside-down.csv')
    expect([refused.code, refused.stderr]).toEqual([
      6,
      expect.stringContaining('2020-01-06 has its low 2 above its high 0'),
    ])
    writeFileSync(join(folder, 'blank.csv'), [...rows, '2020-01-06,1,1,1,', '2020-01-07,1,1,1,-1', ''].join('\n'))
    const warned = await run('buy-hold', '--prices', 'blank.csv', '--json')
    expect([warned.code, dataOf(warned.stdout).bars, dataOf(warned.stdout).equity.final]).toEqual([0, 4, 999_998])
    expect((await run('buy-hold', '--prices', 'blank.csv', '--strict')).code).toBe(6)
  })

  it('reads bars with a time of day, newest first', async () => {
    const rows = ['2020-01-02T10:00,3,3,3,3', '2020-01-02T09:00,2,2,2,2', '2020-01-01 10:00,1,1,1,1']
    writeFileSync(join(folder, 'hours.csv'), ['time,open,high,low,close', ...rows, ''].join('\n'))
    const { stdout } = await run('buy-hold', '--prices', 'hours.csv', '--json')
    expect([dataOf(stdout).first, dataOf(stdout).last]).toEqual(['2020-01-01T10:00:00Z', '2020-01-02T10:00:00Z'])
  })
})
