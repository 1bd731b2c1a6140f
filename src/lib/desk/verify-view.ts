import type { Section } from '../cli/report.js'
import type { Table } from '../cli/table.js'
import type { VerifyData } from '../documents/verify.js'
import { canonicalJson, canonicalNumber } from '../kernel/canonical-json.js'

const MOST_ROWS = 20

/** One row an input. */
export function verifyTable({ inputs }: VerifyData): Table {
  return {
    length: inputs.length,
    columns: [
      { name: 'input', kind: 'text', values: inputs.map(({ input }) => input) },
      { name: 'kind', kind: 'text', values: inputs.map(({ kind }) => kind) },
      { name: 'status', kind: 'text', values: inputs.map(({ status }) => status) },
      { name: 'old', kind: 'text', values: inputs.map((input) => input.old) },
      { name: 'new', kind: 'text', values: inputs.map((input) => input.new) },
    ],
  }
}

export function verifyView(data: VerifyData): Section[] {
  const { file, command, holds, causes, failure, differences, differencesCount: count } = data
  const moved = data.inputs.filter(({ status }) => status !== 'same')
  const inputs = verifyTable({ ...data, inputs: moved })
  const short = (values: readonly (string | null)[]): (string | null)[] =>
    values.map((value) => value?.slice(0, 12) ?? null)
  const sections: Section[] = [
    {
      title: holds ? `${file} holds` : `${file} no longer holds: ${causes.join(', ')} changed`,
      lines: [command, `${data.inputs.length} inputs, ${moved.length} of them not as they were`],
    },
  ]
  if (failure !== null) sections.push({ lines: [`the run ended with ${failure.exitCode}: ${failure.message}`] })
  if (moved.length > 0) {
    const columns = inputs.columns.map((column) =>
      column.kind === 'text' && (column.name === 'old' || column.name === 'new')
        ? { ...column, values: short(column.values) }
        : column,
    )
    sections.push({ title: 'Inputs', table: { ...inputs, columns } })
  }
  if (count > 0) {
    const rows = differences.slice(0, MOST_ROWS)
    sections.push({
      title: `${count} value${count === 1 ? '' : 's'} differ${count === 1 ? 's' : ''}`,
      table: {
        length: rows.length,
        columns: [
          { name: 'path', kind: 'text', values: rows.map((row) => row.path) },
          { name: 'old', kind: 'text', values: rows.map((row) => canonicalJson(row.old).slice(0, 60)) },
          { name: 'new', kind: 'text', values: rows.map((row) => canonicalJson(row.new).slice(0, 60)) },
          {
            name: 'delta',
            kind: 'number',
            values: rows.map((row) => canonicalNumber(row.delta ?? Number.NaN)),
            signed: true,
          },
        ],
      },
    })
  }
  return sections
}
