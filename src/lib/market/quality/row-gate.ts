import type { EpochDay } from '../../kernel/day.js'
import type { QualityFinding, QualityReason } from '../quality.js'

/** Collects findings on rows and which of them stay. */
export interface RowGate {
  readonly findings: QualityFinding[]
  /** 1 while the row stays. */
  readonly stays: Uint8Array
  drop(row: number, day: EpochDay, what: string, value: number, reason: QualityReason): void
  flag(day: EpochDay, what: string, value: number, reason: QualityReason): void
}

export function rowGate(series: string, rows: number): RowGate {
  const findings: QualityFinding[] = []
  const stays = new Uint8Array(rows).fill(1)
  const note = (
    day: EpochDay,
    what: string,
    value: number,
    reason: QualityReason,
    action: QualityFinding['action'],
  ): void => {
    findings.push({ series, day, what, value: Number.isFinite(value) ? value : null, reason, action })
  }
  return {
    findings,
    stays,
    drop(row, day, what, value, reason) {
      if (stays[row] === 0) return
      stays[row] = 0
      note(day, what, value, reason, 'dropped')
    },
    flag: (day, what, value, reason) => note(day, what, value, reason, 'kept'),
  }
}

/** The rows that stay, of one column. */
export function keptRows<T extends Int32Array | Float64Array>(column: T, stays: Uint8Array): T {
  let kept = 0
  for (let row = 0; row < stays.length; row++) kept += stays[row]
  if (kept === column.length) return column
  const rows = column.slice(0, kept) as T
  for (let row = 0, into = 0; row < stays.length; row++) if (stays[row] === 1) rows[into++] = column[row]
  return rows
}
