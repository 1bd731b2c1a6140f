import type { Table } from '../cli/table.js'
import type { DataCheckData } from '../documents/data-check.js'
import type { Market } from '../market/market.js'
import { yieldNow } from '../runtime/yield-now.js'
import type { LakeCheck, Rebuilt } from '../store/types.js'
import { countedByReason, gateFindings } from './inspect-dataset.js'

/** The outcome of a check with what the quality gate says of every sound file. */
export async function checkedLake(
  market: Market,
  check: LakeCheck,
  rebuilt: Rebuilt | null,
  signal: AbortSignal,
): Promise<DataCheckData> {
  const checked: DataCheckData['checked'] = []
  for (const { info, columns } of check.datasets) {
    const findings = gateFindings(market, columns)
    checked.push({
      kind: info.kind,
      name: info.name,
      source: info.source,
      path: info.path,
      rows: info.rows,
      sha256: info.sha256,
      refused: findings.filter((finding) => finding.action === 'dropped').length,
      flagged: findings.filter((finding) => finding.action === 'kept').length,
      findings: countedByReason(findings),
    })
    await yieldNow(signal)
  }
  return {
    checked,
    problems: check.problems.map((problem) => ({ ...problem })),
    rebuilt: rebuilt && { datasets: rebuilt.datasets, skipped: [...rebuilt.skipped] },
  }
}

/** One row per file: the sound ones, then the problems. */
export function checkTable({ checked, problems }: DataCheckData): Table {
  const rows = [
    ...checked.map((file) => ({
      path: file.path,
      state: 'sound',
      rows: file.rows,
      refused: file.refused,
      flagged: file.flagged,
      remark: file.findings.map(({ reason, rows }) => `${rows} ${reason}`).join(', ') || null,
    })),
    ...problems.map(({ path, problem, message }) => ({
      path,
      state: problem as string,
      rows: null,
      refused: null,
      flagged: null,
      remark: message,
    })),
  ]
  return {
    length: rows.length,
    columns: [
      { name: 'path', kind: 'text', values: rows.map((row) => row.path) },
      { name: 'state', kind: 'text', values: rows.map((row) => row.state) },
      { name: 'rows', kind: 'integer', values: rows.map((row) => row.rows) },
      { name: 'refused', kind: 'integer', values: rows.map((row) => row.refused) },
      { name: 'flagged', kind: 'integer', values: rows.map((row) => row.flagged) },
      { name: 'remark', kind: 'text', values: rows.map((row) => row.remark) },
    ],
  }
}
