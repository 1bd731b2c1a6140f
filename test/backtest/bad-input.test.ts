import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runAccount } from '../../src/lib/backtest/run-account.js'
import { sayRun } from '../../src/lib/desk/say-run.js'
import { day } from '../market/market.js'
import { inside } from '../support/inside.js'
import { account, curveOf, instrumentsOf } from './curve-desk.js'
import { scripted } from './scripted.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-bad-input-'))
afterAll(() => rmSync(folder, { recursive: true }))

const iso = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10)
const row = (i: number, price: number): string => `${iso(i)},${price},${price + 1},${price - 1},${price}`
const bars = (name: string, rows: readonly string[]): void =>
  writeFileSync(join(folder, name), ['date,open,high,low,close', ...rows, ''].join('\n'))
const some = Array.from({ length: 40 }, (_, i) => row(i, 50 + i / 10))
bars('good.csv', some)
bars('gap.csv', [...some.slice(0, 30), ...Array.from({ length: 10 }, (_, i) => row(120 + i, 60))])
bars('upside-down.csv', [...some.slice(0, 30), `${iso(30)},50,49,51,50`])
bars(
  'negative.csv',
  Array.from({ length: 20 }, (_, i) => row(i, 4 - i)),
)
bars('hole.csv', [...some.slice(0, 30), `${iso(30)},50,,49,50`, ...some.slice(31)])
bars('word.csv', [...some.slice(0, 30), `${iso(30)},fifty,51,49,50`])
bars('header.csv', [])
bars('one.csv', some.slice(0, 1))
writeFileSync(join(folder, 'column.csv'), 'date,open,close\n2020-01-01,1,1\n')

const run = (...line: string[]) => inside(['backtest', ...line], { cwd: folder })

describe('prices that are not as they should be', () => {
  it.each<[string, number, string]>([
    ['upside-down.csv', 6, 'the bar of 2020-01-31 has its low 51 above its high 49'],
    ['word.csv', 6, 'word.csv line 32, column open: "fifty" is not a number'],
    ['column.csv', 6, 'column.csv has no column of high prices; it has date, open, close'],
    ['header.csv', 4, 'there are 0 bars of header.csv'],
    ['one.csv', 4, 'there is 1 bar of one.csv'],
    ['nowhere.csv', 2, 'nowhere.csv does not exist'],
  ])('%s: exit %i', async (file, exit, message) => {
    const { code, stdout, stderr } = await run('buy-hold', '--prices', file)
    expect([code, stdout]).toEqual([exit, ''])
    expect(stderr).toContain(message)
  })

  it.each<[string, string, string]>([
    ['gap.csv', 'a gap of more than a week between bars, the longest of 91 days after 2020-01-30', ''],
    ['hole.csv', 'a bar lacks a price and is left out, the first on line 32', '--strict'],
  ])('%s trades with a warning', async (file, message, refusedUnder) => {
    const { code, stderr } = await run('buy-hold', '--prices', file)
    expect([code, stderr]).toEqual([0, expect.stringContaining(message)])
    if (refusedUnder !== '') expect((await run('buy-hold', '--prices', file, refusedUnder)).code).toBe(6)
  })

  it('negative ones are prices: from 2 at bar 2 to −15, 17 × 1,000 USD', async () => {
    const { code, stderr, stdout } = await run('buy-hold', '--prices', 'negative.csv', '--multiplier', '1000', '--json')
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ data: { equity: { final: 983_000 } } })
  })

  it('ruin is said with its date', async () => {
    const capital = ['--multiplier', '1000', '--initial-capital', '5000']
    expect((await run('buy-hold', '--prices', 'negative.csv', ...capital)).stderr).toContain(
      'equity fell to 0.00 USD on 2020-01-08: the run stops there',
    )
    const margin = ['--maintenance-margin-usd', '2500']
    expect((await run('buy-hold', '--prices', 'negative.csv', ...capital, ...margin)).stderr).toContain(
      'equity fell to 2000.00 USD on 2020-01-06, below the maintenance margin of what is held',
    )
  })
})

describe('a command line that cannot be', () => {
  it.each<[string[], number, string]>([
    [
      ['buy-hold', '--initial-capital', '5000', '--initial-margin-usd', '6000'],
      6,
      '5000 USD of capital do not cover 1 lot',
    ],
    [['ma-crossover', '--', '--window', '5'], 2, 'no parameter "--window": it takes --fast, --slow, --mode'],
    [['ma-crossover', '--fast', '5'], 2, 'parameters of a strategy stand after --'],
    [['ma-crossover', '--', '--fast', '30', '--slow', '10'], 2, 'fast 30 is not below slow 10'],
    [['ma-crossover', '--', '--fast', 'ten'], 2, '--fast takes a whole number from 1 to 100000, not "ten"'],
    [['ma-crossover', '--', '--mode', 'both'], 2, '--mode takes state or cross, not "both"'],
    [['ma-crossover', '--', '--slow', '39'], 4, 'there are 40 bars of good.csv'],
    [['crossover'], 2, 'there is no strategy "crossover"; there are buy-hold, ma-crossover'],
  ])('%j', async (line, exit, message) => {
    const { code, stderr } = await run(...line.slice(0, 1), '--prices', 'good.csv', ...line.slice(1))
    expect([code, stderr]).toEqual([exit, expect.stringContaining(message)])
  })
})

describe('an order of a contract that has expired', async () => {
  const rows = ['2020-04-16', '2020-04-17', '2020-04-20', '2020-04-21', '2020-04-22'].map(
    (date) => [day(date), date > '2020-04-21' ? 202006 : 202005, 20] as const,
  )
  const { instruments } = await instrumentsOf('CLK20', [curveOf('CL', rows)])
  const played = runAccount(instruments, scripted([1, 1, 1, -1]), {}, account())
  const said = (strict: boolean): string[] => {
    const warnings: string[] = []
    const ctx = { strict, warn: (code: string, message: string) => void warnings.push(`${code} ${message}`) }
    sayRun(ctx, played, account())
    return warnings
  }

  it('is rejected, counted and said; --strict refuses the run', () => {
    expect(played.orders).toMatchObject({ rejected: 1, rejectedExpired: 1 })
    expect(said(false)).toEqual(['CONTRACT_EXPIRED 1 order of a contract that had stopped trading, rejected'])
    expect(() => said(true)).toThrow(expect.objectContaining({ kind: 'refused', code: 'CONTRACT_EXPIRED' }))
  })
})
