import type { Report } from '../../cli/report.js'
import type { ReportDailyData } from '../../documents/report-daily.js'
import { dayFromIso } from '../../kernel/day.js'
import type { DailyDocuments, PrintedAnswer } from './daily-documents.js'
import { dailyHeadline } from './daily-headline.js'
import type { NotAvailable } from './quality-blocks.js'
import { stressLadder } from './stress-blocks.js'
import { headlineVar } from './var-blocks.js'
import type { WrittenFile } from './write-daily.js'

const ORDER = ['breach', 'critical', 'warning', 'unknown', 'ok'] as const

/** What the command says about the report that it wrote; a limit in breach trips. */
export function dailyAnswer(
  documents: DailyDocuments,
  answers: readonly PrintedAnswer[],
  notAvailable: readonly NotAvailable[],
  files: readonly WrittenFile[],
): Report<ReportDailyData> {
  const { title, status, findings } = dailyHeadline(documents)
  const limits = documents.limits?.limits ?? []
  const [worst] = documents.stress === null ? [] : stressLadder(documents.stress)
  const breaches = documents.limits?.breaches ?? []
  const data: ReportDailyData = {
    files: [...files],
    book: documents.positions?.book ?? documents.limits?.book ?? null,
    date: documents.asOf,
    days: documents.pnl.length,
    headline: title,
    limitStatus: ORDER.find((one) => limits.some((limit) => limit.status === one)) ?? 'unknown',
    breaches: [...breaches],
    findings,
    pnlUsd: documents.pnl.length === 0 ? null : documents.pnl.reduce((sum, day) => sum + day.actualUsd, 0),
    varUsd: headlineVar(documents.var)?.varUsd ?? null,
    worstScenario: worst === undefined ? null : { id: worst.id, pnlUsd: worst.pnlUsd },
    simulated: documents.inputs.some((input) => input.simulated),
    documents: answers
      .map(({ schema, asOf }) => ({ schema, asOf }))
      .sort((a, b) => (`${a.schema} ${a.asOf}` < `${b.schema} ${b.asOf}` ? -1 : 1)),
    notAvailable: [...notAvailable],
    warnings: documents.warnings.map(({ code, message }) => ({ code, message })),
  }
  return {
    asOf: dayFromIso(documents.asOf),
    data,
    rows: {
      length: findings.length,
      columns: [{ name: 'finding', kind: 'text', values: findings }],
    },
    view: [
      {
        title: `${data.simulated ? 'SIMULATED: ' : ''}${title}`,
        lines: [status.text, ...findings, ...notAvailable.map(({ what, reason }) => `Not shown: ${what} (${reason})`)],
      },
      ...(files.length > 0 ? [{ lines: [`Written: ${files.map(({ name }) => name).join(', ')}`] }] : []),
    ],
    trip:
      breaches.length === 0
        ? undefined
        : { code: 'LIMIT_BREACH', message: `${breaches.length} limit${breaches.length === 1 ? '' : 's'} breached: ${breaches.join(', ')}` },
  }
}
