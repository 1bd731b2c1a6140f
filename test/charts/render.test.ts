import { createHash } from 'node:crypto'
import { createCanvas, loadImage } from 'canvas'
import { describe, expect, it } from 'vitest'
import type { Chart, ChartFormat } from '../../src/lib/charts/chart.js'
import { darkened } from '../../src/lib/charts/recolour.js'
import { renderChart, renderSvg } from '../../src/lib/charts/render.js'
import { sampleCharts } from './sample-charts.js'

const utf8 = new TextDecoder()
const curve = sampleCharts['curve, simulated']
const text = async (chart: Chart, format: ChartFormat): Promise<string> => utf8.decode(await renderChart(chart, format))
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Every sample chart, drawn once for all the tests that look at it. */
const first = new Map<ChartFormat, ReadonlyMap<string, string>>()
async function allDrawn(format: ChartFormat): Promise<ReadonlyMap<string, string>> {
  const drawn = first.get(format) ?? (await drawAll(format, Object.keys(sampleCharts)))
  first.set(format, drawn)
  return drawn
}
async function drawAll(format: ChartFormat, names: readonly string[]): Promise<Map<string, string>> {
  const drawn = new Map<string, string>()
  for (const name of names)
    drawn.set(name, Buffer.from(await renderChart(sampleCharts[name], format)).toString('latin1'))
  return drawn
}

/** Dark pixels in a box of a PNG. */
async function inkIn(png: Uint8Array, box: { x: number; y: number; width: number; height: number }): Promise<number> {
  const image = await loadImage(Buffer.from(png))
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(box.x, box.y, box.width, box.height)
  let ink = 0
  for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] < 300) ink++
  return ink
}

it('a PNG has its title in it, at twice the size: the same picture with a blank title has no ink there', async () => {
  const chart = sampleCharts['curve below zero']
  const title = { x: 32, y: 28, width: 800, height: 44 }
  const image = await loadImage(Buffer.from(await renderChart(chart, 'png')))
  expect(image.width).toBeGreaterThan(1500)
  expect(await inkIn(await renderChart(chart, 'png'), title)).toBeGreaterThan(1000)
  expect(await inkIn(await renderChart({ ...chart, title: '\u00a0' }, 'png'), title)).toBe(0)
})

describe('an SVG', () => {
  it('keeps its words as text in the bundled font and describes itself', async () => {
    const svg = await text(curve, 'svg')
    expect(svg).toContain('CLK20 −37.63</text>')
    expect(svg).toContain('font-family="DejaVu Sans, Verdana, Geneva, sans-serif"')
    expect(svg).toMatch(/^<svg role="img" aria-label="WTI in contango/)
    expect(svg).toContain('<title>WTI in contango: M1–M12 −71.98 USD/bbl</title>')
    expect(svg).toContain('>SIMULATED</text>')
  })
  it('escapes words that look like markup', async () => {
    const svg = await text({ ...curve, title: 'A < B & "C"', alt: '<script>' }, 'svg')
    expect(svg).toContain('<title>A &lt; B &amp; &quot;C&quot;</title>')
    expect(svg).not.toContain('<script>')
  })
  it('carries no style attribute, id or address that a strict page would refuse', async () => {
    for (const svg of (await allDrawn('svg')).values()) expect(svg).not.toMatch(/ style=| id=|url\(|href="/)
  })
  it('turns dark by its colours alone', async () => {
    for (const [name, svg] of await allDrawn('svg')) {
      const dark = Buffer.from(await renderSvg(sampleCharts[name], 'dark')).toString('latin1')
      expect(darkened(svg) === dark, name).toBe(true)
    }
  })
})

it.each(['svg', 'png', 'html', 'vl.json'] as const)(
  'the same charts give the same %s again, whatever came between',
  async (format) => {
    const before = await allDrawn(format)
    const again = await drawAll(format, Object.keys(sampleCharts).reverse()) // others come before each of them
    for (const [name, drawn] of again) expect(sha256(drawn), name).toBe(sha256(before.get(name)!))
  },
)

it('a Vega-Lite file stands alone: schema, data, words, formats', async () => {
  const spec: unknown = JSON.parse(await text(curve, 'vl.json'))
  expect(spec).toMatchObject({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: curve.alt,
    title: { text: ['WTI in contango: M1–M12 −71.98 USD/bbl'] },
    config: { locale: { number: { thousands: '\u2009', minus: '−' } } },
  })
  expect(JSON.stringify(spec)).not.toContain('"url"')
})

describe('an interactive page', () => {
  it('may load nothing and run only the scripts that it brings', async () => {
    const page = await text({ ...curve, title: 'A < B </script>' }, 'html')
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1])
    expect(scripts).toHaveLength(3)
    expect(policy).toContain("default-src 'none'")
    for (const script of scripts) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`)
    }
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    expect(policy).toContain(createHash('sha256').update(style).digest('base64'))
    expect(page).not.toMatch(/<script[^>]* src=|<link |sourceMappingURL/)
    expect(page).toContain('<title>SIMULATED: A &lt; B &lt;/script&gt;</title>')
  })
  it('carries the whole picture for readers without scripts', async () => {
    const page = await text(curve, 'html')
    expect(/<noscript>(<svg[\s\S]*<\/svg>)<\/noscript>/.exec(page)?.[1]).toBe(await renderSvg(curve, 'light'))
  })
})
