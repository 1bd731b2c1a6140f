import type { Section } from '../cli/report.js'
import type { Table } from '../cli/table.js'
import type { DiffData } from '../documents/diff.js'
import { canonicalJson, canonicalNumber } from '../kernel/canonical-json.js'

const MOST_ROWS = 100
const LONGEST = 60

/** One row a difference. */
export function diffTable({ differences }: DiffData, most = differences.length): Table {
  const rows = differences.slice(0, most)
  return {
    length: rows.length,
    columns: [
      { name: 'path', kind: 'text', values: rows.map((row) => row.path) },
      { name: 'kind', kind: 'text', values: rows.map((row) => row.kind) },
      { name: 'old', kind: 'text', values: rows.map((row) => (row.kind === 'added' ? null : valueText(row.old))) },
      { name: 'new', kind: 'text', values: rows.map((row) => (row.kind === 'removed' ? null : valueText(row.new))) },
      { name: 'delta', kind: 'text', values: rows.map((row) => signed(row.delta)) },
      {
        name: 'relative',
        kind: 'text',
        values: rows.map((row) => (row.relative === null ? null : `${signed(row.relative * 100, 4)} %`)),
      },
      { name: 'tolerance', kind: 'text', values: rows.map((row) => row.tolerance) },
    ],
  }
}

export function diffView(data: DiffData): Section[] {
  const { differencesCount, values, withinTolerance, ignored, a, b } = data
  const notes = [
    withinTolerance > 0 ? `${withinTolerance} within tolerance` : '',
    ignored > 0 ? `${ignored} ignored` : '',
  ].filter((note) => note !== '')
  const head = `${a.name} and ${b.name}${a.schema === null ? '' : ` (${a.schema})`}`
  const found =
    differencesCount === 0 ? `equal in ${values} values` : `${differencesCount} differences in ${values} values`
  const lines = [`${head}: ${found}${notes.length === 0 ? '' : `; ${notes.join(', ')}`}`]
  if (differencesCount === 0) return [{ lines }]
  const shown = Math.min(MOST_ROWS, data.differences.length)
  const rest = differencesCount - shown
  return [
    { lines, table: diffTable(data, MOST_ROWS) },
    ...(rest > 0 ? [{ lines: [`… and ${rest} more; --json lists up to --limit of them`] }] : []),
  ]
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : canonicalJson(value ?? null)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

function signed(value: number | null, digits = 12): string | null {
  if (value === null) return null
  const text = String(canonicalNumber(Number(value.toPrecision(digits))))
  return value > 0 ? `+${text}` : text
}
