import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { OptimizeResult } from '../../src/lib/documents/optimize.js'
import { words } from '../support/contango.js'
import { inside, type Inside } from '../support/inside.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-optimize-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const run = (line: string): Promise<Inside> => inside(words(line), { home: inject('simHome'), cwd: folder })

const line = 'optimize ma-crossover wti --no-store --folds 2 --constraint "fast<slow" --commission-usd 2.5'
const GRID = '-- --fast 5:15:5 --slow 10,20,40'
let html: string
let data: OptimizeResult
beforeAll(async () => {
  const finished = await run(
    `${line} --assert "sharpe>=9" --report first.html --charts pictures --chart -o map.svg --json ${GRID}`,
  )
  expect(finished.code, finished.stderr).toBe(10)
  html = readFileSync(join(folder, 'first.html'), 'utf8')
  data = (JSON.parse(finished.stdout) as { data: OptimizeResult }).data
})

const minus = (text: string): string => text.replaceAll(/(?<!\d)-(?=\d)/g, '−')

describe('the report of a search', () => {
  it('runs no script, loads nothing and allows its own style sheet only', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(html).toContain(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
    expect(html).not.toMatch(/<script|<link|<img|<iframe| src=| href=| style=| on[a-z]+=|url\(|@import/)
  })

  it('has the five pictures once, on light and on dark paper, with words for those who do not see them', () => {
    expect(html.match(/<svg /g)).toHaveLength(10)
    const labels = [...html.matchAll(/<figure[^>]*aria-label="([^"]+)"/g)].map(([, label]) => label)
    expect(labels).toHaveLength(5)
    for (const label of labels) expect(label).toMatch(/^Simulated data\. ma-crossover on CL: /)
    expect(readdirSync(join(folder, 'pictures')).sort()).toEqual(
      ['folds.png', 'logits.png', 'map.png', 'scatter.png', 'slices.png'],
    )
    const map = readFileSync(join(folder, 'map.svg'), 'utf8')
    for (const name of ['fast', 'slow']) expect(map).toContain(`>${name}</text>`)
  })

  it('says the verdict first, then each figure that the document has', () => {
    const unbroken = (text: string): string => minus(text.replaceAll(' %', '\u00a0%')).replaceAll('>', '&gt;')
    expect(html).toContain(`<h1>ma-crossover on CL: ${unbroken(data.verdict.headline)}</h1>`)
    for (const reason of data.verdict.reasons) expect(html).toContain(`<li>${unbroken(reason)}</li>`)
    const statistics: [string, number | null, number][] = [
      ['trials', data.overfitting.trials, 0],
      ['deflatedSharpe', data.overfitting.deflatedSharpe, 3],
      ['pbo', data.overfitting.pbo, 3],
      ['spaP', data.overfitting.spaP, 3],
    ]
    for (const [name, value, digits] of statistics)
      expect(html).toContain(`<code>${name}</code></th><td>${value!.toFixed(digits)}</td>`)
    for (const { parameters } of data.folds)
      expect(html).toContain(`fast ${parameters['fast']}, slow ${parameters['slow']}</td>`)
    for (const name of Object.keys(data.best.metrics)) {
      expect(html).toContain(`<code>${name}</code>`)
      expect(data.conventions[name], name).toMatch(/\w/)
    }
    expect(html).toContain('<th scope="row">commissionUsdPerLot</th><td class="text wrap">2.5</td>')
    expect(html).toContain('<span class="badge breach">fails: sharpe&gt;=9')
    expect(html).toContain('SIMULATED DATA. Every price in this report was')
  })

  it('is the same to the byte when it is made again', async () => {
    await run(`${line} --assert "sharpe>=9" --report second.html -q ${GRID}`)
    expect(readFileSync(join(folder, 'second.html'), 'utf8')).toBe(html)
  })

  it('of one parameter has slices and no map', async () => {
    const one = `optimize zscore-spread wti --no-store --folds 0`
    const finished = await run(`${one} --chart -o one.svg --report one.html -- --window 10,20,30`)
    expect(finished.code, finished.stderr).toBe(0)
    expect(readFileSync(join(folder, 'one.svg'), 'utf8')).toContain('chosen: ')
    const page = readFileSync(join(folder, 'one.html'), 'utf8')
    expect(page.match(/<figure/g)).toHaveLength(3)
    expect(page).toContain('Nothing was held back')
    const map = await run(`${one} --chart --panel map -o map.svg -- --window 10,20,30`)
    expect([map.code, map.stderr]).toEqual([2, expect.stringContaining('--panel slices')])
  })

  it.each([
    [`${line} --report x.pdf ${GRID}`, 'a report is HTML'],
    [`${line} --report x.html --dry-run ${GRID}`, 'nothing to draw'],
    [`${line} --chart -o x.svg --shard 1/2 --cells x.parquet ${GRID}`, 'nothing to draw'],
  ])('%s is refused', async (typed, message) => {
    const { code, stderr } = await run(typed)
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })
})
