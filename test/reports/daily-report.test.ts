import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { copyWorkspace } from '../support/copy-workspace.js'
import type { PnlData } from '../../src/lib/documents/pnl.js'
import type { ReportDailyData } from '../../src/lib/documents/report-daily.js'
import { blocksMarkdown } from '../../src/lib/reports/blocks-markdown.js'
import { dailyDocuments, type PrintedAnswer } from '../../src/lib/reports/daily/daily-documents.js'
import { words, type Finished } from '../support/contango.js'
import { inside } from '../support/inside.js'

let folder: string
let home: string
const run = (line: string): Promise<Finished> => inside(words(line), { home, cwd: folder })
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const sha256Of = (name: string): string => createHash('sha256').update(read(name)).digest('hex')
const dataOf = ({ stdout }: Finished): ReportDailyData => (JSON.parse(stdout) as { data: ReportDailyData }).data

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'contango-daily-'))
  home = join(folder, 'home')
  copyWorkspace(inject('simHome'), home)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('contango report daily', () => {
  it('is one self-contained page without a script, marked as simulated, with a text for every picture', async () => {
    const finished = await run('report daily --book example -o daily.html --json')
    expect([0, 10], finished.stderr).toContain(finished.code)
    const page = read('daily.html')
    expect(page.includes("default-src 'none'")).toBe(true)
    expect(/<script|https?:\/\/(?!www\.w3\.org)|url\(/.exec(page)).toBeNull()
    expect(page.includes('SIMULATED DATA')).toBe(true)
    const figures = page.match(/<figure[^>]*>/g) ?? []
    expect(figures.length).toBeGreaterThanOrEqual(6)
    for (const figure of figures) expect(figure).toMatch(/aria-label="[^"]{20,}"/)
    for (const heading of ['Limits', 'What changed since yesterday', 'Exposure', 'Value at risk', 'Stress', 'Market', 'Signals', 'Data quality', 'How it was made']) // prettier-ignore
      expect(page.includes(`<h2>${heading}`), heading).toBe(true)
    const data = dataOf(finished)
    expect(data).toMatchObject({ book: 'example', days: 1, simulated: true })
    expect(finished.code).toBe(data.breaches.length > 0 ? 10 : 0)
  })

  it('carries the figures of the commands that it names', async () => {
    const [report, pnl, variance] = await Promise.all(
      ['report daily --book example -o x.html --json', 'pnl --book example --json', 'var --book example --method historical --confidence 0.95 --json'].map(run), // prettier-ignore
    )
    const data = dataOf(report)
    expect(data.pnlUsd).toBe((JSON.parse(pnl.stdout) as { data: PnlData }).data.actualUsd)
    const varData = (JSON.parse(variance.stdout) as { data: { results: { varUsd: number }[] } }).data
    expect(data.varUsd).toBe(varData.results[0].varUsd)
  })

  it('is the same page to the byte from the documents of a run', async () => {
    mkdirSync(join(folder, 'run'))
    const day = dataOf(await run('report daily --book example -o made.html --json')).date
    const lines = {
      positions: 'positions --book example',
      limits: 'limits check --book example',
      pnl: 'pnl --book example',
      var: 'var --book example --method normal --method historical --method ewma',
      backtest: 'var backtest --book example --window 250 --series 250 --method historical --method ewma --method normal',
      stress: 'stress --book example',
      prices: 'prices',
      cl: 'curve CL --band',
      brn: 'curve BRN --band',
      spreads: 'spreads --band',
      signals: 'signals --product all',
      inventory: 'fundamentals inventory',
      positioning: 'fundamentals positioning',
    }
    for (const [name, line] of Object.entries(lines)) {
      const { stdout, code } = await run(`${line} --as-of ${day} --json`)
      expect([0, 4, 10], line).toContain(code)
      writeFileSync(join(folder, 'run', `${name}.json`), stdout)
    }
    const { previousDate } = (JSON.parse(read('run/pnl.json')) as { data: PnlData }).data
    const before = await run(`${lines.var} --as-of ${previousDate} --json`)
    writeFileSync(join(folder, 'run', 'var-before.json'), before.stdout)
    writeFileSync(join(folder, 'run', 'note.json'), '{"nothing": "of ours"}')
    const read_ = await run('report daily --from run -o read.html --json')
    expect(read_.stderr).not.toContain('error')
    expect(sha256Of('read.html')).toBe(sha256Of('made.html'))
  }, 120_000)

  it('is Markdown by its ending, with its pictures beside it', async () => {
    const finished = await run('report daily --book example -o page.md --charts pictures --json')
    const page = read('page.md')
    expect(page.slice(0, 22)).toBe('# Daily risk report: E')
    expect(page.includes('SIMULATED')).toBe(true)
    expect(page.includes('](pictures/stress.png)')).toBe(true)
    for (const name of readdirSync(join(folder, 'pictures'))) {
      expect(readFileSync(join(folder, 'pictures', name)).subarray(1, 4).toString()).toBe('PNG')
    }
    expect(dataOf(finished).files.map(({ name }) => name)).toContain('page.md')
  })

  it('goes on without what it lacks, and says so', async () => {
    writeFileSync(join(folder, 'gas.csv'), 'contract,lots,strategy\nNG1,3,gas\n')
    const finished = await run('report daily --book gas.csv -o gas.html --as-of 2022-01-10 --json')
    expect([0, 10], finished.stderr).toContain(finished.code)
    for (const { what } of dataOf(finished).notAvailable) expect(read('gas.html').includes(what), what).toBe(true)
  })

  it('refuses a book that is none, a folder that is none, and one without documents', async () => {
    expect((await run('report daily --book nobody -o a.html')).code).toBe(2)
    expect((await run('report daily --from nowhere -o a.html')).code).toBe(2)
    mkdirSync(join(folder, 'empty'))
    expect((await run('report daily --from empty -o a.html')).code).toBe(4)
    expect(existsSync(join(folder, 'a.html'))).toBe(false)
  })
})

describe('contango report weekly', () => {
  it('adds five days up: its P&L is the sum of the days in its table', async () => {
    const finished = await run('report weekly --book example -o weekly.html --json')
    const data = dataOf(finished)
    expect(data.days).toBe(5)
    let date: string | null = data.date
    let sum = 0
    for (let i = 0; i < 5; i++) {
      const { stdout } = await run(`pnl --book example --as-of ${date} --json`)
      const day = (JSON.parse(stdout) as { data: PnlData }).data
      sum += day.actualUsd
      date = day.previousDate
    }
    expect(data.pnlUsd).toBeCloseTo(sum, 4)
    expect(read('weekly.html').includes('What changed this week')).toBe(true)
  })
})

describe('dailyDocuments', () => {
  const answer = (name: string, asOf: string, data: unknown = {}): PrintedAnswer => ({
    schema: `contango.${name}/1`,
    asOf,
    data,
    inputs: [],
    params: {},
    warnings: [],
  })
  it('takes the day of the positions, the VaR of that day and the one before it', () => {
    const documents = dailyDocuments([
      answer('var', '2023-12-28', { id: 'before' }),
      answer('var', '2023-12-29', { id: 'today' }),
      answer('positions', '2023-12-29'),
      answer('stress', '2024-01-02', { id: 'later' }),
      answer('limits-check', '2023-12-28'),
    ])
    expect(documents).toMatchObject({ asOf: '2023-12-29', var: { id: 'today' }, previousVar: { id: 'before' }, stress: null })
    expect(documents.otherDays.map(({ schema }) => schema)).toEqual(['contango.stress/1', 'contango.limits-check/1'])
  })
})

describe('blocksMarkdown', () => {
  it('lets nothing in a text become Markdown', () => {
    const text = blocksMarkdown(
      [{ kind: 'table', caption: 'a_b', columns: [{ header: 'x|y', text: true }], rows: [[{ text: '*bold* <b>' }]] }],
      new Map(),
    )
    expect(text).toBe('a\\_b:\n\n| x\\|y |\n| --- |\n| \\*bold\\* \\<b\\> |')
  })
})
