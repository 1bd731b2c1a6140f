import type { Report } from '../../cli/report.js'
import type { Column } from '../../cli/table.js'
import type { FetchAllData } from '../../documents/fetch-all.js'
import { ContangoError } from '../../kernel/errors.js'
import type { FetchedLine } from './fetch-all.js'

/** What each line brought; where some failed, the answer is incomplete and names them. */
export function fetchAllReport(preset: string, lines: readonly FetchedLine[]): Report<FetchAllData> {
  const failed = lines.filter(({ exitCode }) => exitCode !== 0)
  const text = (name: 'line' | 'errorCode'): Column => ({
    name,
    kind: 'text',
    values: lines.map((one) => one[name]),
    ...(name === 'errorCode' ? { header: 'error' } : {}),
  })
  const count = (name: 'exitCode' | 'datasets' | 'added' | 'revised' | 'dropped'): Column => ({
    name,
    kind: 'integer',
    values: lines.map((one) => one[name]),
    ...(name === 'exitCode' ? { header: 'exit' } : {}),
  })
  const columns = [
    text('line'),
    count('exitCode'),
    count('datasets'),
    count('added'),
    count('revised'),
    count('dropped'),
    text('errorCode'),
  ]
  const messages: Column = { name: 'message', kind: 'text', values: lines.map(({ message }) => message) }
  return {
    asOf: null,
    data: { preset, lines: lines.map((line) => ({ ...line })), failed: failed.map(({ line }) => line) },
    rows: { length: lines.length, columns: [...columns, messages] },
    view: [
      { table: { length: lines.length, columns } },
      ...(failed.length === 0
        ? []
        : [{ title: 'Failed', lines: failed.map(({ line, message }) => `${line}: ${message ?? 'no message'}`) }]),
    ],
    ...(failed.length === 0 ? {} : { incomplete: partial(preset, lines.length, failed) }),
  }
}

function partial(preset: string, total: number, failed: readonly FetchedLine[]): ContangoError {
  return new ContangoError(
    'source',
    'FETCH_ALL_PARTIAL',
    `${failed.length} of ${total} lines of the preset ${preset} failed: ${failed.map(({ line, errorCode }) => `${line} (${errorCode ?? 'no code'})`).join(', ')}`,
    `the same command again fetches what is missing: contango fetch all --preset ${preset}`,
    { failed: failed.map(({ line, exitCode, errorCode, message }) => ({ line, exitCode, errorCode, message })) },
  )
}
