import { dateText } from '../../charts/date-text.js'
import type { Block } from '../blocks.js'
import { blocksHtml } from '../blocks-html.js'
import { blocksMarkdown } from '../blocks-markdown.js'
import type { ReportChart } from '../chart-figure.js'
import { markup } from '../markup.js'
import { reportPage } from '../report-page.js'
import { simulatedBanner } from '../simulated-banner.js'
import { dataBlocks } from './data-blocks.js'
import type { DailyDocuments } from './daily-documents.js'
import { dailyHeadline } from './daily-headline.js'
import { exposureBlocks } from './exposure-blocks.js'
import { fundamentalsBlocks } from './fundamentals-blocks.js'
import { limitsBlocks } from './limits-blocks.js'
import { marketBlocks } from './market-blocks.js'
import { notesBlocks } from './notes-blocks.js'
import { pnlBlocks } from './pnl-blocks.js'
import { qualityBlocks, type NotAvailable } from './quality-blocks.js'
import { signalsBlocks } from './signals-blocks.js'
import { stressBlocks } from './stress-blocks.js'
import { varBacktestBlocks, varBlocks } from './var-blocks.js'

export interface DailyReport {
  readonly documents: DailyDocuments
  readonly notAvailable: readonly NotAvailable[]
  readonly charts: readonly ReportChart[]
}

/** What the page holds, in the order in which a risk manager reads it. */
export function dailyBlocks({ documents, notAvailable }: Omit<DailyReport, 'charts'>): Block[] {
  const { pnl, limits, positions, var: variance, previousVar, varBacktest, stress } = documents
  return [
    ...(limits === null ? [] : limitsBlocks(limits)),
    ...(pnl.length === 0 ? [] : pnlBlocks(pnl)),
    ...(positions === null ? [] : exposureBlocks(positions)),
    ...(variance === null ? [] : varBlocks(variance, previousVar)),
    ...(varBacktest === null ? [] : varBacktestBlocks(varBacktest)),
    ...(stress === null ? [] : stressBlocks(stress)),
    ...marketBlocks(documents.prices, documents.curves, documents.spreads, pnl.length > 1),
    ...signalsBlocks(documents.signals),
    ...fundamentalsBlocks(documents.inventory, documents.positioning),
    ...qualityBlocks(documents, notAvailable),
    ...notesBlocks(documents),
    ...dataBlocks(documents.inputs),
  ]
}

function kindOf({ pnl }: DailyDocuments): string {
  return pnl.length > 1 ? 'Weekly risk report' : 'Daily risk report'
}

function bookOf({ positions, limits }: DailyDocuments): string {
  return positions?.title ?? limits?.book ?? ''
}

/** One HTML file: a pure function of documents and of their pictures. */
export function dailyReportHtml({ documents, notAvailable, charts }: DailyReport): string {
  const { title, status, findings } = dailyHeadline(documents)
  const what = `${kindOf(documents)}: ${bookOf(documents)}, ${dateText(documents.asOf)}`
  return reportPage({
    title: what,
    description: `${title}. ${status.text}.`,
    simulated: documents.inputs.some((input) => input.simulated),
    body: [
      simulatedBanner(documents.inputs),
      markup`<header>
<p class="muted">${what}</p>
<h1>${title}</h1>
<p class="badges"><span class="badge ${status.tone ?? 'unknown'}">${status.text}</span></p>
<ul class="lead">${findings.map((finding) => markup`<li>${finding}</li>`)}</ul>
</header>
`,
      ...blocksHtml(dailyBlocks({ documents, notAvailable }), charts),
    ],
  })
}

/** The same page as Markdown; pictures are linked where files of them were written. */
export function dailyReportMarkdown(
  { documents, notAvailable }: Omit<DailyReport, 'charts'>,
  charts: ReadonlyMap<string, { file: string; alt: string }>,
): string {
  const { title, status, findings } = dailyHeadline(documents)
  const simulated = documents.inputs.some((input) => input.simulated)
  const head: Block[] = [
    ...(simulated ? [{ kind: 'text' as const, text: 'SIMULATED DATA: these figures rest on the built-in simulator, not on the market.' }] : []),
    { kind: 'badges', badges: [status] },
    { kind: 'list', items: findings },
    ...dailyBlocks({ documents, notAvailable }),
  ]
  const what = `${kindOf(documents)}: ${bookOf(documents)}, ${dateText(documents.asOf)}`
  return `# ${what}\n\n${title}\n\n${blocksMarkdown(head, charts)}\n`
}
