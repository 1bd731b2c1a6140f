import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Chart } from '../charts/chart.js'
import { darkened } from '../charts/recolour.js'
import { renderChart, renderSvg } from '../charts/render.js'
import type { Context } from '../cli/context.js'
import { writeAtomic } from '../runtime/write-atomic.js'
import { writeError } from '../runtime/write-error.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { ReportChart } from './chart-figure.js'

type WriteContext = Pick<Context, 'resolveFile' | 'signal' | 'note'>

/**
 * Every picture of a page, on light and on dark paper; lets signals in before each.
 * @param chartOf null where there is nothing to draw
 */
export async function drawPanels<Panel extends string>(
  panels: readonly Panel[],
  chartOf: (panel: Panel) => Chart | null,
  signal: AbortSignal,
): Promise<ReportChart[]> {
  const drawn: ReportChart[] = []
  for (const panel of panels) {
    await yieldNow(signal)
    const chart = chartOf(panel)
    if (chart === null) continue
    const svgLight = await renderSvg(chart, 'light')
    const alt = `${chart.simulated ? 'Simulated data. ' : ''}${chart.alt}`
    drawn.push({ id: panel, svgLight, svgDark: darkened(svgLight), alt })
  }
  return drawn
}

/** Writes every picture as PNG into a folder, which is made if need be. */
export async function writePanels<Panel extends string>(
  ctx: WriteContext,
  folder: string,
  panels: readonly Panel[],
  chartOf: (panel: Panel) => Chart | null,
): Promise<void> {
  const path = ctx.resolveFile(folder)
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    throw writeError(basename(path), error)
  }
  const pictures: { readonly file: string; readonly bytes: Uint8Array }[] = []
  for (const panel of panels) {
    await yieldNow(ctx.signal)
    const chart = chartOf(panel)
    if (chart !== null) pictures.push({ file: `${panel}.png`, bytes: await renderChart(chart, 'png') })
  }
  for (const { file, bytes } of pictures) {
    await writeAtomic(join(path, file), bytes, ctx.signal)
    ctx.note(`wrote ${basename(path)}/${file}`)
  }
}
