import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ReportMarketData } from '../../src/lib/documents/report-market.js'
import type { CurveData } from '../../src/lib/documents/curve.js'
import type { PricesData } from '../../src/lib/documents/prices.js'
import type { SpreadsData } from '../../src/lib/documents/spreads.js'
import { marketReport, type MarketReportInput } from '../../src/lib/reports/market-report.js'
import { contango } from '../support/contango.js'
import { inside } from '../support/inside.js'

const folder = mkdtempSync(join(tmpdir(), 'contango-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Document<Data> {
  readonly data: Data
  readonly inputs: MarketReportInput['inputs']
}

async function documentOf<Data>(...args: string[]): Promise<Document<Data>> {
  const { code, stdout, stderr } = await inside([...args, '--json'], { home: inject('simHome') })
  expect([code, stderr]).toEqual([0, expect.any(String)])
  return JSON.parse(stdout) as Document<Data>
}

const svg = (words: string): string =>
  `<svg role="img" aria-label="x" width="8"><title>${words}</title><text>${words}</text></svg>`

let input: MarketReportInput
beforeAll(async () => {
  const prices = await documentOf<PricesData>('prices')
  const curve = await documentOf<CurveData>('curve', 'wti')
  const spreads = await documentOf<SpreadsData>('spreads')
  input = {
    asOf: prices.data.date,
    prices: prices.data,
    curves: [curve.data],
    spreads: spreads.data,
    charts: [
      { id: 'prices', svgLight: svg('by day'), svgDark: svg('by night'), alt: 'Prices "of" <the> day' },
      { id: 'curve-CL', svgLight: svg('curve'), svgDark: svg('curve'), alt: 'WTI curve' },
    ],
    inputs: prices.inputs.filter((one) => 'series' in one),
    warnings: [{ code: 'NOT_SETTLED', message: 'RB <did> not settle' }],
  }
})

describe('marketReport', () => {
  it('prints the last WTI settlement, its contract and the shape of its curve', () => {
    const report = marketReport(input)
    const wti = input.prices?.prices.find((row) => row.product === 'CL')
    expect(report).toContain(`<td class="text">${wti?.contract}</td>`)
    expect(report).toContain(`<td class="strong">${wti?.last.toFixed(2)}</td>`)
    expect(report).toContain(`<td class="text">${input.curves[0].structure}</td>`)
    for (const spread of input.spreads?.spreads ?? []) expect(report).toContain(`<th scope="row">${spread.title}</th>`)
  })

  it('runs no script, loads nothing and allows its own style sheet only', () => {
    const report = marketReport(input)
    const style = /<style>([\s\S]*?)<\/style>/.exec(report)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(report).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    )
    expect(report).not.toMatch(/<script|<link|<img|<iframe| src=| href=| style=| on[a-z]+=|url\(|@import/)
  })

  it('describes every picture once, draws it for light and dark, and escapes all words', () => {
    const report = marketReport(input)
    expect(report.match(/role="img" aria-label="Prices &quot;of&quot; &lt;the&gt; day"/g)).toHaveLength(1)
    expect(report).toContain('<div class="light"><svg aria-hidden="true" width="8"><text>by day</text></svg></div>')
    expect(report).toContain('<div class="dark"><svg aria-hidden="true" width="8"><text>by night</text></svg></div>')
    expect(report).toContain('<code>NOT_SETTLED</code> RB &lt;did&gt; not settle')
    expect(report).toMatch(/@media screen and \(prefers-color-scheme:dark\)/)
    expect(report).toMatch(/@media print/)
  })

  it('says what is simulated, and names only that where some is real', () => {
    expect(marketReport(input)).toContain('SIMULATED DATA. Every price in this report was made by')
    const real = input.inputs.map((one, i) => (i === 0 ? one : { ...one, simulated: false, source: 'csv' }))
    expect(marketReport({ ...input, inputs: real })).toContain(
      `SIMULATED DATA. The prices of ${real[0].series} were made by`,
    )
    const none = input.inputs.map((one) => ({ ...one, simulated: false, source: 'csv' }))
    expect(marketReport({ ...input, inputs: none })).not.toContain('SIMULATED')
  })

  it('names every series with its fingerprint', () => {
    for (const { series, sha256 } of input.inputs) {
      expect(marketReport(input)).toContain(`<th scope="row">${series}</th>`)
      expect(marketReport(input)).toContain(`<code>${sha256}</code>`)
    }
  })

  it('says why a number is missing: WTI below zero has no roll yield', () => {
    const [wti] = input.curves
    const reason = 'CLK20 settled at -37.63 on 2020-04-20: a logarithm needs prices above zero'
    const curves = [{ ...wti, rollYield: { ...wti.rollYield, value: null, reason } }]
    expect(marketReport({ ...input, curves })).toContain(`No roll yield: WTI: ${reason}.`)
  })

  it('stands without spreads and without pictures', () => {
    const report = marketReport({ ...input, spreads: null, charts: [], curves: [] })
    expect(report).toContain('<h2>Prices</h2>')
    expect(report).not.toContain('<h2>Spreads</h2>')
    expect(report).not.toContain('<figure')
  })
})

describe('contango report market', () => {
  it('writes the same file twice and answers with its fingerprint', async () => {
    const file = join(folder, 'day.html')
    const write = async (run: typeof contango | typeof inside): Promise<{ answer: string; page: Buffer }> => {
      const { code, stdout } = await run(['report', 'market', '-o', file, '--json'], {
        home: inject('simHome'),
        env: { TZ: 'America/Los_Angeles' },
      })
      expect(code).toBe(0)
      return { answer: stdout, page: readFileSync(file) }
    }
    const first = await write(inside) // in the zone of the tests: Pacific/Kiritimati
    const second = await write(contango)
    expect(second.answer).toBe(first.answer)
    expect(second.page.equals(first.page)).toBe(true)
    const { data } = JSON.parse(first.answer) as { data: unknown }
    const report = ReportMarketData.parse(data)
    expect(report.file).toBe('day.html')
    expect(report.sha256).toBe(createHash('sha256').update(first.page).digest('hex'))
    expect(report.simulated).toBe(true)
    expect(report.sections.map((section) => section.name)).toEqual(['prices', 'curves', 'spreads'])
    expect(first.page.toString().match(/<figure/g)?.length).toBe(
      report.sections.flatMap((section) => section.charts).length,
    )
  })

  it('is about one day where --as-of says so', async () => {
    const file = join(folder, 'earlier.html')
    const { code, stdout } = await inside(['report', 'market', '-o', file, '--json', '--as-of', '2023-06-15'], {
      home: inject('simHome'),
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ asOf: '2023-06-15', data: { asOf: '2023-06-15' } })
    const page = readFileSync(file, 'utf8')
    expect(page.includes('Oil market at settlement, 15 Jun 2023')).toBe(true)
    const days = new Set([...page.matchAll(/as of (\d+ \w+ \d+)/g)].map((match) => match[1]))
    expect([...days]).toEqual(['15 Jun 2023'])
  })

  it('writes nothing where the folder is not there, and says what to do', async () => {
    const { code, stderr } = await inside(['report', 'market', '-o', join(folder, 'none', 'x.html')], {
      home: inject('simHome'),
    })
    expect(code).toBe(3)
    expect(stderr).toContain('its folder does not exist')
  })
})
