import { ContangoError } from '../../kernel/errors.js'
import { parseNumberText } from './parse-number.js'
import { readBytes, readTable } from './read-table.js'
import type { SourceTable } from './source-table.js'

type Cell = string | number | null

/** A file to hold against another: a document that a command printed, or a table. */
export type ComparedFile =
  | { readonly kind: 'document'; readonly schema: string; readonly document: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'table'
      readonly headers: readonly string[]
      readonly rows: readonly Readonly<Record<string, Cell>>[]
    }

/** One JSON document of contango, or the rows of a CSV, NDJSON or Parquet file, simulated or not. */
export async function readComparedFile(path: string, file: string, signal: AbortSignal): Promise<ComparedFile> {
  const bytes = await readBytes(path, file, signal)
  const document = documentOf(file, bytes)
  if (document !== null) return document
  try {
    const { table } = await readTable(file, bytes, signal, { acceptsSimulated: true })
    return { kind: 'table', headers: table.headers, rows: rowsOf(table) }
  } catch (error) {
    if (!(error instanceof ContangoError) || error.kind !== 'refused') throw error
    // A file that cannot be read is nothing that one can compare: the command line named the wrong one.
    throw new ContangoError('usage', error.code, error.message, error.hint, error.details, { cause: error })
  }
}

function documentOf(file: string, bytes: Uint8Array): ComparedFile | null {
  const isJson = file.toLowerCase().endsWith('.json')
  let first = 0
  while (first < bytes.length && bytes[first] <= 0x20) first++
  if (bytes[first] !== 0x7b && !isJson) return null
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    if (!isJson) return null // several lines of JSON are a table
    throw notComparable(file, `is not JSON: ${(error as Error).message.slice(0, 120)}`)
  }
  const schema = typeof value === 'object' && value !== null ? (value as { schema?: unknown }).schema : undefined
  if (typeof schema === 'string')
    return { kind: 'document', schema, document: value as Readonly<Record<string, unknown>> }
  if (isJson) throw notComparable(file, 'has no "schema": it is no document of contango')
  return null
}

function notComparable(file: string, why: string): ContangoError {
  return new ContangoError(
    'usage',
    'NOT_COMPARABLE',
    `${file} ${why}`,
    'give two documents that --json printed, or two CSV, NDJSON or Parquet files',
    { file },
  )
}

function rowsOf(table: SourceTable): Record<string, Cell>[] {
  return Array.from({ length: table.rows }, (_, row) => {
    const cells: Record<string, Cell> = {}
    for (let column = 0; column < table.headers.length; column++)
      cells[table.headers[column]] = cellOf(table, column, row)
    return cells
  })
}

function cellOf(table: SourceTable, column: number, row: number): Cell {
  if (table.isBlank(column, row)) return null
  const plain = table.plainNumber(column, row)
  if (!Number.isNaN(plain)) return plain
  const text = table.text(column, row)
  const number = parseNumberText(text)
  return number.kind === 'number' ? number.value : number.kind === 'missing' ? null : text
}
