import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { BacktestData } from '../../src/lib/documents/backtest.js'
import { inside } from '../support/inside.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-backtest-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const line = ['backtest', 'ma-crossover', 'wti', '--commission-usd', '2.5', '--slippage', '0.01', '--stop-loss', '4']
const run = (...words: string[]) => inside(words, { home: inject('simHome'), cwd: folder })

let html: string
let data: BacktestData
beforeAll(async () => {
  const finished = await run(...line, '--keep', '--report', 'first.html', '--assert', 'sharpe>=9', '--json')
  expect(finished.code, finished.stderr).toBe(10)
  html = readFileSync(join(folder, 'first.html'), 'utf8')
  data = (JSON.parse(finished.stdout) as { data: BacktestData }).data
})

const minus = (text: string): string => text.replace('-', '−')

describe('the report of a back-test', () => {
  it('runs no script, loads nothing and allows its own style sheet only', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(html).toContain(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
    expect(html).not.toMatch(/<script|<link|<img|<iframe| src=| href=| style=| on[a-z]+=|url\(|@import/)
    expect(html.match(/<svg /g)?.length).toBe(12)
  })

  it('has every picture with words for those who do not see it, once', () => {
    const labels = [...html.matchAll(/<figure[^>]*aria-label="([^"]+)"/g)].map(([, label]) => label)
    expect(labels).toHaveLength(6)
    expect(labels.every((label) => label.startsWith('Simulated data. '))).toBe(true)
    const heads = ['Equity', 'Months and years', 'Rolling Sharpe ratio', 'Trades', 'Costs and rolls', 'Regimes']
    for (const head of [...heads, 'What chance might have made of it', 'Metrics and conventions', 'Rule and settings']) {
      expect(html).toContain(`<h2>${head}</h2>`)
    }
  })

  it('prints the figures of the document: years, costs that add up, every metric with its convention', () => {
    for (const { year, return: value } of data.yearly.filter((row) => Math.abs(row.return ?? 0) > 1e-4)) {
      expect(html).toContain(`<th scope="row">${year}</th><td class="${value! < 0 ? 'down' : 'up'}">${minus((100 * value!).toFixed(2)).replace(/^(?=\d)/, '+')}</td>`)
    }
    for (const name of Object.keys(data.metrics)) expect(html).toContain(`<code>${name}</code>`)
    const { frontUsd, rollYieldUsd } = data.attribution
    const { grossProfitUsd, totalUsd, netProfitUsd } = data.costs
    expect(frontUsd + rollYieldUsd).toBeCloseTo(grossProfitUsd, 6)
    expect(grossProfitUsd - totalUsd).toBeCloseTo(netProfitUsd, 6)
    expect(html).toContain('Look-ahead guard passed')
    expect(html).toContain('<span class="badge breach">fails: sharpe&gt;=9')
    expect(html).toContain('SIMULATED DATA. Every price in this report was')
  })

  it('is the same to the byte when it is made again, and when the kept run is shown', async () => {
    await run(...line, '--report', 'second.html', '--assert', 'sharpe>=9', '-q')
    expect(readFileSync(join(folder, 'second.html'), 'utf8')).toBe(html)
    const shown = await run('backtest', 'show', 'last', '-o', 'shown.html')
    expect(shown.code, shown.stderr).toBe(0)
    expect(readFileSync(join(folder, 'shown.html'), 'utf8')).toBe(html)
  })

  it('is made from a result file too, which knows its last trades only', async () => {
    await run(...line, '-o', 'result.json', '-q')
    const { code, stderr } = await run('backtest', 'show', 'result.json', '--report', 'file.html')
    expect(code, stderr).toBe(0)
    expect(readFileSync(join(folder, 'file.html'), 'utf8')).toContain(`the last 10 of ${data.trades.count} trades`)
  })

  it('writes every picture into a folder, and one of them as a chart', async () => {
    const finished = await run(...line, '--charts', 'pictures', '--chart', '--panel', 'monthly', '-o', 'months.svg')
    expect(finished.code, finished.stderr).toBe(0)
    const files = ['cone.png', 'costs.png', 'equity.png', 'monthly.png', 'rolling-sharpe.png', 'trades.png']
    expect(readdirSync(join(folder, 'pictures')).sort()).toEqual(files)
    expect(readFileSync(join(folder, 'months.svg'), 'utf8')).toContain('>Dec</text>')
  })

  it.each([
    [[...line, '--report', 'x.pdf'], 2, 'a report is HTML'],
    [[...line, '--report', 'no/such/folder/x.html'], 3, 'its folder does not exist'],
  ])('%j is refused', async (words, exit, message) => {
    const { code, stderr } = await run(...words)
    expect([code, stderr]).toEqual([exit, expect.stringContaining(message)])
  })
})

describe('a report of little', () => {
  it('of five bars without a trade has pictures that say so', async () => {
    const rows = ['date,open,high,low,close', ...[1, 2, 3, 4, 5].map((day) => `2020-01-0${day},-1,1,-2,${day - 3}`)]
    writeFileSync(join(folder, 'five.csv'), `${rows.join('\n')}\n`)
    const finished = await run('backtest', 'buy-hold', '--prices', 'five.csv', '--report', 'five.html')
    expect(finished.code, finished.stderr).toBe(0)
    const page = readFileSync(join(folder, 'five.html'), 'utf8')
    expect(page).toContain('no closed trade')
    expect(page).not.toContain('What chance might have made of it')
  })

  it('of a ruined run says so first, and ends with it', async () => {
    const prices = [5, 5, 5, 2, -4, 9]
    const rows = prices.map((price, i) => `2020-01-0${i + 1},${price},${price},${price},${price}`)
    writeFileSync(join(folder, 'ruin.csv'), ['date,open,high,low,close', ...rows, ''].join('\n'))
    const money = ['--multiplier', '1000', '--initial-capital', '8000']
    const finished = await run('backtest', 'buy-hold', '--prices', 'ruin.csv', ...money, '--report', 'ruin.html', '--json')
    expect(finished.code, finished.stderr).toBe(0)
    const page = readFileSync(join(folder, 'ruin.html'), 'utf8')
    expect(page).toMatch(/<h1>buy-hold on ruin\.csv was ruined on 5 Jan 2020: 8.000 USD became −1.000<\/h1>/)
    expect(page).toContain('There was no closed trade.')
    expect(JSON.parse(finished.stdout)).toMatchObject({ data: { bars: 5, last: '2020-01-05', equity: { final: -1000 } } })
  })

  it('escapes the name of a file that would be markup', async () => {
    const name = '<b>.csv'
    writeFileSync(join(folder, name), 'date,open,high,low,close\n2020-01-01,1,1,1,1\n2020-01-02,1,1,1,1\n2020-01-03,1,1,1,1\n')
    const finished = await run('backtest', 'buy-hold', '--prices', name, '--report', 'markup.html')
    expect(finished.code, finished.stderr).toBe(0)
    const page = readFileSync(join(folder, 'markup.html'), 'utf8')
    expect(page).toContain('&lt;b&gt;.csv')
    expect(page).not.toContain('<b>')
  })
})
