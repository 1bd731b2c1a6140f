import type { View } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import { ContangoError } from '../kernel/errors.js'
import type { Chart, ChartFormat } from './chart.js'
import { escapeHtml } from './escape-html.js'
import { registerFonts } from './fonts.js'
import { frame } from './frame.js'
import { type ThemeName, themes } from './theme.js'

export interface RenderOptions {
  /** Default light. */
  readonly theme?: ThemeName
  /** Pixels of a PNG per pixel of the picture; default 2. */
  readonly scale?: number
}

const utf8 = new TextEncoder()

/** A chart as the bytes of a file. The same chart gives the same bytes, in any process and time zone. */
export async function renderChart(chart: Chart, format: ChartFormat, options: RenderOptions = {}): Promise<Uint8Array> {
  const theme = themes[options.theme ?? 'light']
  switch (format) {
    case 'vl.json':
      return utf8.encode(`${JSON.stringify(frame(chart, theme, true))}\n`)
    case 'svg':
      return utf8.encode(await renderSvg(chart, options.theme ?? 'light'))
    case 'png':
      return renderPng(chart, options.theme ?? 'light', options.scale ?? 2)
    case 'html': {
      const { chartPage } = await import('./chart-page.js')
      return utf8.encode(chartPage(chart, await renderSvg(chart, 'light')))
    }
  }
}

/** A picture that scales, its words kept as text, with its description for screen readers. */
export async function renderSvg(chart: Chart, theme: ThemeName): Promise<string> {
  const view = await viewOf(chart, theme)
  try {
    const svg = await view.toSVG()
    return described(svg, chart)
  } finally {
    view.finalize()
  }
}

async function renderPng(chart: Chart, theme: ThemeName, scale: number): Promise<Uint8Array> {
  const view = await viewOf(chart, theme)
  try {
    const canvas: unknown = await view.toCanvas(scale)
    if (!isCanvas(canvas)) throw new ContangoError('bug', 'NO_CANVAS', 'vega drew on something that is not a canvas')
    return new Uint8Array(await canvas.encode('png'))
  } finally {
    view.finalize()
  }
}

function isCanvas(value: unknown): value is { encode(format: 'png'): Promise<Uint8Array> } {
  return typeof value === 'object' && value !== null && 'encode' in value && typeof value.encode === 'function'
}

async function viewOf(chart: Chart, theme: ThemeName): Promise<View> {
  // Vega measures text while it lays out: the font must be there before.
  await registerFonts()
  const vega = await import('vega')
  const vegaLite = await import('vega-lite')
  const quiet = { level: () => quiet, error: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet }
  // Specs are plain JSON; that vega-lite takes them without a warning is held by a test.
  const spec = frame(chart, themes[theme], false) as unknown as TopLevelSpec
  const compiled = vegaLite.compile(spec, { logger: quiet }).spec
  return new vega.View(vega.parse(compiled), { renderer: 'none', logger: quiet })
}

/** `role`, `<title>` and `<desc>` at the root: what a screen reader says for the whole picture. */
function described(svg: string, chart: Chart): string {
  return svg.replace(
    /^<svg([^>]*)>/,
    (_, attributes: string) =>
      `<svg role="img" aria-label="${escapeHtml(chart.alt)}"${attributes}><title>${escapeHtml(chart.title)}</title><desc>${escapeHtml(chart.alt)}</desc>`,
  )
}
