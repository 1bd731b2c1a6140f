import { ContangoError } from '../kernel/errors.js'
import { isoFromDay } from '../kernel/day.js'
import type { Column, Table } from '../cli/table.js'

/**
 * A table as the bytes of a file whose ending picks the form: csv and ndjson with the 15 digits that a double
 * is sure of (−1160 and not −1159.9999999999966), or parquet with every bit.
 * @param about facts that no column carries, as metadata of a Parquet file
 */
export async function tableFile(
  file: string,
  table: Table,
  about: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const ending = /\.(csv|ndjson|jsonl|parquet)$/i.exec(file)?.[1].toLowerCase()
  if (ending === 'parquet') {
    const { tableParquet } = await import('./table-parquet.js')
    return tableParquet(table, about)
  }
  if (ending === undefined) throw unknownEnding(file)
  const { columns, length } = table
  const lines: string[] = ending === 'csv' ? [columns.map(({ name }) => csvText(name)).join(',')] : []
  for (let row = 0; row < length; row++) {
    const cells = columns.map((column) => cellOf(column, row))
    if (ending === 'csv') lines.push(cells.map((cell) => csvText(cell)).join(','))
    else lines.push(JSON.stringify(Object.fromEntries(columns.map(({ name }, i) => [name, cells[i]]))))
  }
  return Buffer.from(lines.map((line) => `${line}\n`).join(''))
}

/** Before anything is computed: `tableFile` would refuse this name. */
export function requireTableFile(file: string): void {
  if (!/\.(csv|ndjson|jsonl|parquet)$/i.test(file)) throw unknownEnding(file)
}

function unknownEnding(file: string): ContangoError {
  return new ContangoError(
    'usage',
    'UNKNOWN_ENDING',
    `${file.replace(/^.*\//, '')} ends in none of .csv, .ndjson, .jsonl, .parquet`,
    'name the file equity.csv, or equity.parquet',
  )
}

function cellOf(column: Column, row: number): string | number | boolean | null {
  const value = column.values[row]
  if (typeof value !== 'number') return value ?? null
  if (!Number.isFinite(value)) return null
  if (column.kind === 'date') return isoFromDay(value)
  return value === 0 ? 0 : Number(value.toPrecision(15))
}

function csvText(cell: string | number | boolean | null): string {
  const text = String(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
