import type { Chart } from '../charts/chart.js'
import { darkened } from '../charts/recolour.js'
import { renderSvg } from '../charts/render.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { ReportChart } from './chart-figure.js'

/** Draws a picture for a report, on light and on dark paper; lets signals in first. */
export async function reportChart(id: string, chart: Chart, signal: AbortSignal): Promise<ReportChart> {
  await yieldNow(signal)
  const svgLight = await renderSvg(chart, 'light')
  return { id, svgLight, svgDark: darkened(svgLight), alt: `${chart.simulated ? 'Simulated data. ' : ''}${chart.alt}` }
}
