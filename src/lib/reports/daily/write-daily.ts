import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { darkened } from '../../charts/recolour.js'
import { renderChart, renderSvg } from '../../charts/render.js'
import { writeAtomic } from '../../runtime/write-atomic.js'
import { writeError } from '../../runtime/write-error.js'
import { yieldNow } from '../../runtime/yield-now.js'
import type { ReportChart } from '../chart-figure.js'
import { dailyCharts } from './daily-charts.js'
import type { DailyDocuments } from './daily-documents.js'
import { dailyReportHtml, dailyReportMarkdown } from './daily-report.js'
import type { NotAvailable } from './quality-blocks.js'

export interface WrittenFile {
  readonly name: string
  readonly sha256: string
}

/** Writes the page (by its ending HTML or Markdown) and, into a folder, its pictures as PNG. */
export async function writeDaily(
  report: { readonly documents: DailyDocuments; readonly notAvailable: readonly NotAvailable[] },
  { page, charts }: { readonly page: string | null; readonly charts: string | null },
  signal: AbortSignal,
): Promise<WrittenFile[]> {
  const written: WrittenFile[] = []
  const write = async (path: string, bytes: string | Uint8Array): Promise<void> => {
    await writeAtomic(path, bytes, signal)
    written.push({ name: basename(path), sha256: createHash('sha256').update(bytes).digest('hex') })
  }
  const pictures = dailyCharts(report.documents)
  if (page !== null) await folderOf(page)
  const files = new Map<string, { file: string; alt: string }>()
  if (charts !== null) {
    await folderOf(join(charts, 'x'))
    for (const [id, chart] of pictures) {
      await yieldNow(signal)
      const file = join(charts, `${id}.png`)
      await write(file, await renderChart(chart, 'png'))
      files.set(id, { file: page === null ? `${id}.png` : relative(dirname(page), file), alt: chart.alt })
    }
  }
  if (page === null) return written
  if (page.toLowerCase().endsWith('.md')) await write(page, dailyReportMarkdown(report, files))
  else {
    const drawn: ReportChart[] = []
    for (const [id, chart] of pictures) {
      await yieldNow(signal)
      const svgLight = await renderSvg(chart, 'light')
      const alt = `${chart.simulated ? 'Simulated data. ' : ''}${chart.alt}`
      drawn.push({ id, svgLight, svgDark: darkened(svgLight), alt })
    }
    await write(page, dailyReportHtml({ ...report, charts: drawn }))
  }
  return written
}

async function folderOf(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
  } catch (error) {
    throw writeError(basename(dirname(path)), error)
  }
}
