import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VarBacktestData } from '../../src/lib/documents/var-backtest.js'
import type { VarData } from '../../src/lib/documents/var.js'
import { inside } from '../support/inside.js'
import { golden, goldenFile } from '../support/golden.js'

const PRICES = goldenFile('risk/dataset_prices.csv')
let folder = ''
let home = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contango-var-'))
  home = join(folder, 'desk')
  await inside(['init', home])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function ask<T>(line: string, code = 0): Promise<{ data: T; trip?: unknown }> {
  const { stdout, stderr, code: ended } = await inside([...line.split(' '), '--json'], { home, cwd: folder })
  expect(ended, stderr).toBe(code)
  return JSON.parse(stdout) as { data: T }
}

function fileOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

describe('contango var --prices', () => {
  it('the portfolio of the peers, in simple returns: normal and historical VaR in USD', async () => {
    const lots = { CL: 100, CO: -60, XB: 25, HO: -20, NG: 10, QS: -30 }
    const multipliers = { CL: 1000, CO: 1000, XB: 42000, HO: 42000, NG: 10000, QS: 100 }
    const positions = Object.entries(lots).map(([name, n]) => `--position ${name}=${n}`)
    const sizes = Object.entries(multipliers).map(([name, n]) => `--multiplier ${name}=${n}`)
    const { data } = await ask<VarData>(
      `var --prices ${PRICES} ${positions.join(' ')} ${sizes.join(' ')} --mode simple --method normal --method historical`,
    )
    const peer = golden<Record<string, Record<string, Record<string, Record<string, number>>>>>('risk/var.json')
    for (const confidence of [0.95, 0.975, 0.99]) {
      const level = peer['portfolio_pnl_simple'][String(confidence)]
      const of = (method: string) => data.results.find((row) => row.method === method && row.confidence === confidence)
      expect(of('normal')?.varUsd).toBeCloseTo(level['normal_mu']['var'], 4)
      expect(of('normal')?.esUsd).toBeCloseTo(level['normal_mu']['es'], 4)
      expect(of('historical')?.varUsd).toBeCloseTo(level['historical']['var_linear_type7'], 4)
    }
    const sum = data.components.reduce((total, { componentUsd }) => total + componentUsd, 0)
    expect(sum).toBeCloseTo(data.decomposition?.varUsd ?? 0, 4)
    expect(data.decomposition?.varUsd).toBeCloseTo(peer['portfolio_pnl_simple']['0.95']['normal_mu']['var'], 4)
  })

  it('garch of one column fits 100 × its return in the mode; through −36.98 in price changes', async () => {
    const { data } = await ask<VarData>(
      `var --prices ${PRICES} --position CL=10 --multiplier CL=1000 --mode log --method garch --confidence 0.99`,
    )
    expect(data.results[0].fit?.['logLikelihood']).toBeCloseTo(-2663.5176, 3)
    const wti = goldenFile('risk/dataset_real_wti_2020H1_negative.csv')
    const { data: oil } = await ask<VarData>(
      `var --prices ${wti} --position Price=1 --method historical --confidence 0.99`,
    )
    expect(oil.results[0].varUsd).toBeCloseTo(9.2597, 9)
    const refused = await inside(['var', '--prices', wti, '--position', 'Price=1', '--mode', 'log'], { home })
    expect(refused.code).toBe(6)
    expect(refused.stderr).toMatch(/--mode diff/)
  })

  it('--in returns gives VaR as a return', async () => {
    const { data } = await ask<VarData>(
      `var --prices ${PRICES} --position CL=1 --in returns --mode log --method normal --confidence 0.99`,
    )
    expect(data.unit).toBe('return')
    expect(data.results[0].varUsd).toBeCloseTo(0.034233098782367, 12)
  })

  it('--limit-usd trips exit 10 and names the method', async () => {
    const line = `var --prices ${PRICES} --position CL=100 --multiplier CL=1000 --method normal --confidence 0.95`
    const { data } = await ask<VarData>(`${line} --limit-usd 1000`, 10)
    expect(data.limit?.breaches.map(({ method }) => method)).toEqual(['normal'])
    expect((await ask<VarData>(`${line} --limit-usd 100000000`)).data.limit?.breaches).toEqual([])
  })

  it('a method that lacks observations is named, the others are reported: exit 4', async () => {
    const { data } = await ask<VarData>(
      `var --prices ${PRICES} --position CL=1 --method all --window 60 --confidence 0.99 --scenarios 2000`,
      4,
    )
    const failed = data.results.filter(({ error }) => error !== null).map(({ method }) => method)
    expect(failed).toEqual(['garch', 'gjr-garch', 'fhs', 'evt'])
    expect(data.results.find(({ method }) => method === 'normal')?.varUsd).toBeGreaterThan(0)
  })
})

describe('bad input is refused by name', () => {
  const days = Array.from({ length: 40 }, (_, i) => `2024-01-${String(1 + (i % 28)).padStart(2, '0')}`)
  it.each([
    ['zero lots', ['CL=0'], /zero lots/, 2],
    ['a position without a number', ['CL=ten'], /COLUMN=NUMBER/, 2],
    ['a column that is not there', ['WTI=1'], /no column of prices named WTI; it has CL/, 2],
    ['a column twice', ['CL=1', 'CL=2'], /CL twice/, 2],
  ])('%s', async (_what, positions, message, code) => {
    const flags = positions.flatMap((text) => ['--position', text])
    const ended = await inside(['var', '--prices', PRICES, ...flags], { home })
    expect(ended.stderr).toMatch(message)
    expect(ended.code).toBe(code)
  })

  it('constant prices: exit 7', async () => {
    const file = fileOf('flat.csv', ['date,CL', ...days.slice(0, 28).map((day) => `${day},50`)])
    const ended = await inside(['var', '--prices', file, '--position', 'CL=1'], { home })
    expect(ended.code).toBe(7)
    expect(ended.stderr).toMatch(/prices of CL stand still/)
  })

  it('one price, a day twice, a word among numbers, a blank that --strict refuses', async () => {
    const one = fileOf('one.csv', ['date,CL', '2024-01-02,70'])
    expect((await inside(['var', '--prices', one, '--position', 'CL=1'], { home })).code).toBe(4)
    const twice = fileOf('twice.csv', ['date,CL', '2024-01-02,70', '2024-01-02,71'])
    expect((await inside(['var', '--prices', twice, '--position', 'CL=1'], { home })).code).toBe(6)
    const word = fileOf('word.csv', ['date,CL', '2024-01-02,70', '2024-01-03,high'])
    expect((await inside(['var', '--prices', word, '--position', 'CL=1'], { home })).stderr).toMatch(/"high" is not/)
    const rows = days.slice(0, 28).map((day, i) => `${day},${i === 9 ? 'NaN' : 70 + Math.sin(i)}`)
    const blank = fileOf('blank.csv', ['date,CL', ...rows])
    const told = await inside(['var', '--prices', blank, '--position', 'CL=1'], { home })
    expect(told.code, told.stderr).toBe(0)
    expect(told.stderr).toMatch(/a price is blank on 1 days, the first 2024-01-10/)
    expect((await inside(['var', '--prices', blank, '--position', 'CL=1', '--strict'], { home })).code).toBe(6)
  })
})

describe('contango var backtest --prices', () => {
  it('in return space: the first forecast is of return index W, exceptions are counted strictly', async () => {
    const { data } = await ask<VarBacktestData>(
      `var backtest --prices ${PRICES} --position CL=1 --in returns --mode log --method normal --method historical --window 250 --confidence 0.95`,
    )
    expect(data.returns).toBe(1500)
    expect(data.results[0].observations).toBe(1250)
    const { kupiec, independence, conditionalCoverage } = data.results[0]
    expect((kupiec?.lr ?? 0) + (independence?.lr ?? 0)).toBeCloseTo(conditionalCoverage?.lr ?? -1, 9)
    const beyond = data.exceptionDays.filter(({ exceeded }) => exceeded.some(({ method }) => method === 'normal'))
    expect(beyond.length).toBe(data.results[0].exceptions)
    expect(data.results.map(({ rank }) => rank).sort()).toEqual([1, 2])
  })

  it('a window as long as the history leaves nothing to forecast: exit 4', async () => {
    const ended = await inside(['var', 'backtest', '--prices', PRICES, '--position', 'CL=1', '--window', '1500'], {
      home,
    })
    expect(ended.code).toBe(4)
    expect(ended.stderr).toMatch(/leaves 0 to forecast, 2 are needed/)
  })
})
