import { isoFromDay, type EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { datasetName, type DatasetColumns } from '../market/dataset.js'
import type { Market } from '../market/market.js'
import type { QualityFinding } from '../market/quality.js'
import { gateDataset } from '../market/quality/gate.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { DatasetWrite, Store, WriteOptions, WriteReceipt } from '../store/types.js'

/** As many findings of one dataset as an answer lists; `dropped` and `flagged` count all of them. */
const LISTED_FINDINGS = 50

export interface IngestResult {
  readonly kind: DatasetColumns['kind']
  readonly name: string
  readonly source: string
  readonly added: number
  readonly revised: number
  /** Rows that the quality gate refused. */
  readonly dropped: number
  /** Rows that it kept with a warning. */
  readonly flagged: number
  /** Rows in the lake after the write. */
  readonly rows: number
  /** Null where the lake still has no row of the dataset. */
  readonly first: EpochDay | null
  readonly last: EpochDay | null
  readonly sha256: string | null
  readonly findings: readonly QualityFinding[]
}

export interface IngestContext {
  readonly store: Pick<Store, 'write'>
  readonly market: Market
  readonly strict: boolean
  warn(code: string, message: string, details?: Readonly<Record<string, unknown>>): void
  readonly signal: AbortSignal
}

/** The one way into the lake: the quality gate, `--strict`, then one write of all datasets. Results in the order given. */
export async function ingest(
  ctx: IngestContext,
  datasets: readonly DatasetWrite[],
  options?: WriteOptions,
): Promise<IngestResult[]> {
  const findings: (readonly QualityFinding[])[] = []
  const writes: DatasetWrite[] = []
  for (const dataset of datasets) {
    const gated = gateDataset(ctx.market, dataset.columns)
    findings.push(gated.findings)
    writes.push({ ...dataset, columns: gated.kept })
    await yieldNow(ctx.signal)
  }
  const dropped = findings.flat().filter((finding) => finding.action === 'dropped')
  if (ctx.strict && dropped.length > 0) throw refused(dropped)
  if (dropped.length > 0) ctx.warn('ROWS_DROPPED', `the quality gate dropped ${summary(dropped)}`)
  const flagged = findings.flat().filter((finding) => finding.action === 'kept')
  if (flagged.length > 0) ctx.warn('ROWS_FLAGGED', `the quality gate kept, and wonders about, ${summary(flagged)}`)
  const receipts = await ctx.store.write(writes, ctx.signal, options)
  const keyOf = (kind: string, name: string, source: string): string => `${kind}/${name}/${source}`
  const byKey = new Map<string, WriteReceipt>(
    receipts.map((receipt) => [keyOf(receipt.kind, receipt.name, receipt.source), receipt]),
  )
  return datasets.map(({ columns, source }, i) => {
    const name = datasetName(columns)
    const receipt = byKey.get(keyOf(columns.kind, name, source))
    const count = (action: QualityFinding['action']): number =>
      findings[i].filter((finding) => finding.action === action).length
    return {
      kind: columns.kind,
      name,
      source,
      added: receipt?.added ?? 0,
      revised: receipt?.revised ?? 0,
      dropped: count('dropped'),
      flagged: count('kept'),
      rows: receipt?.rows ?? 0,
      first: receipt?.first ?? null,
      last: receipt?.last ?? null,
      sha256: receipt?.sha256 ?? null,
      findings: findings[i].slice(0, LISTED_FINDINGS),
    }
  })
}

/** "3 rows (2 non-trading-day, 1 spike), such as RB 2017-08-27 RBV17 = 0". */
function summary(findings: readonly QualityFinding[]): string {
  const byReason = new Map<string, number>()
  for (const { reason } of findings) byReason.set(reason, (byReason.get(reason) ?? 0) + 1)
  const reasons = [...byReason]
    .sort()
    .map(([reason, n]) => `${n} ${reason}`)
    .join(', ')
  const [{ series, day, what, value }] = findings
  const example = `${series} ${isoFromDay(day)}${what === series ? '' : ` ${what}`}${value === null ? '' : ` = ${value}`}`
  return `${findings.length} row${findings.length === 1 ? '' : 's'} (${reasons}), such as ${example}`
}

function refused(dropped: readonly QualityFinding[]): ContangoError {
  return new ContangoError(
    'refused',
    'QUALITY_REFUSED',
    `under --strict nothing is imported: the quality gate would drop ${summary(dropped)}`,
    'mend the rows that details lists, or run without --strict to import the rest',
    {
      dropped: dropped.slice(0, LISTED_FINDINGS).map((finding) => ({ ...finding, day: isoFromDay(finding.day) })),
      total: dropped.length,
    },
  )
}
