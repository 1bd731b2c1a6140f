import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { yieldNow } from '../../runtime/yield-now.js'
import type { ReadTableOptions } from './read-table.js'
import { refusal } from './refusals.js'
import type { SourceTable } from './source-table.js'
import { valueTable, type CellValue } from './value-table.js'

/** A Parquet file as a table: flat columns of any physical type. Reached only by dynamic import. */
export async function parquetTable(
  file: string,
  bytes: Uint8Array,
  signal: AbortSignal,
  { acceptsSimulated = false }: ReadTableOptions = {},
): Promise<SourceTable> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  try {
    const metadata = await parquetMetadataAsync(buffer)
    if (!acceptsSimulated && saysSimulated(metadata.key_value_metadata ?? [])) throw simulated(file)
    const headers = parquetSchema(metadata).children.map((child) => {
      if (child.children.length > 0) throw nested(file, child.element.name)
      return child.element.name
    })
    const rows = Number(metadata.num_rows)
    const columns = headers.map(() => new Array<CellValue>(rows))
    const indexOf = new Map(headers.map((name, i) => [name, i]))
    await parquetRead({
      file: buffer,
      metadata,
      compressors,
      onChunk: ({ columnName, columnData, rowStart }) => {
        const into = columns[indexOf.get(columnName)!]
        for (let i = 0; i < columnData.length; i++) into[rowStart + i] = columnData[i] as CellValue
      },
    })
    await yieldNow(signal)
    return valueTable(file, headers, columns, rows, 'row')
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Error && error.name === 'ContangoError') throw error
    throw refusal(
      'PARQUET_BROKEN',
      `${file} cannot be read as Parquet: ${error instanceof Error ? error.message : String(error)}`,
      'the file is truncated or damaged: copy it again',
      { file },
    )
  }
}

/** The marks that contango leaves in the Parquet files of its lake and of its exports. */
function saysSimulated(marks: readonly { readonly key: string; readonly value?: string }[]): boolean {
  return marks.some(
    ({ key, value }) =>
      (key === 'contango.simulated' && value === 'true') ||
      (key === 'contango' && value !== undefined && /"simulated":\s*true/.test(value)),
  )
}

function simulated(file: string): Error {
  return refusal(
    'SIMULATED_FILE',
    `${file} holds simulated data: it says so itself`,
    'contango fetch sim writes simulated data under its own name; it is never filed as market data',
    { file },
  )
}

function nested(file: string, column: string): Error {
  return refusal(
    'COLUMN_NESTED',
    `${file} column ${column} holds lists or structures`,
    'write flat columns: one number or text a cell',
    { file, column },
  )
}
