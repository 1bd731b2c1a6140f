import { yieldNow } from '../../runtime/yield-now.js'
import { refusal, shown } from './refusals.js'
import type { SourceTable } from './source-table.js'
import { valueTable, type CellValue } from './value-table.js'

const LINES_PER_TURN = 8192

/** The last line of the NDJSON that contango itself writes: `{"ok":true,"rows":n,"type":"end"}`. */
function isEndMark(value: Readonly<Record<string, unknown>>): boolean {
  return value['type'] === 'end' && value['ok'] === true && typeof value['rows'] === 'number'
}

/** One flat JSON object a line as a table; the columns are the keys in the order of their first appearance. */
export async function ndjsonTable(file: string, bytes: Uint8Array, signal: AbortSignal): Promise<SourceTable> {
  const text = new TextDecoder().decode(bytes)
  const columns = new Map<string, CellValue[]>()
  const lines: number[] = []
  let lineNumber = 0
  let rows = 0
  let promised: number | null = null
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from)
    const to = newline < 0 ? text.length : newline
    const line = text.slice(from, to).trim()
    from = to + 1
    lineNumber++
    if (lineNumber % LINES_PER_TURN === 0) await yieldNow(signal)
    if (line === '') continue
    const value = parseLine(file, lineNumber, line)
    if (isEndMark(value)) {
      promised = value['rows'] as number
      continue
    }
    for (const [key, cell] of Object.entries(value)) {
      if (typeof cell === 'object' && cell !== null) throw nested(file, lineNumber, key)
      let column = columns.get(key)
      if (!column) columns.set(key, (column = []))
      column[rows] = cell as CellValue
    }
    lines.push(lineNumber)
    rows++
  }
  if (promised !== null && promised !== rows) throw truncated(file, promised, rows)
  return valueTable(file, [...columns.keys()], [...columns.values()], rows, 'line', Int32Array.from(lines))
}

function parseLine(file: string, lineNumber: number, line: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    value = null
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw refusal(
    'NDJSON_BROKEN',
    `${file} line ${lineNumber}: ${shown(line)} is not a JSON object`,
    'write one JSON object a line, such as {"date":"2024-03-08","value":78.01}',
    { file, line: lineNumber },
  )
}

function nested(file: string, line: number, column: string): Error {
  return refusal(
    'COLUMN_NESTED',
    `${file} line ${line}: ${column} holds a list or an object`,
    'write flat objects: one number or text a key',
    { file, line, column },
  )
}

function truncated(file: string, promised: number, found: number): Error {
  return refusal(
    'NDJSON_TRUNCATED',
    `${file} promises ${promised} rows and holds ${found}`,
    'the file lost lines: write it again',
    { file, promised, found },
  )
}
