import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Column, Table } from '../cli/table.js'

/**
 * A table as Parquet: DATE, INT32, DOUBLE and UTF-8 columns, missing values as nulls.
 * @param about facts that no column carries (source, unit, simulated), as key-value metadata
 */
export function tableParquet({ columns }: Table, about: Readonly<Record<string, string>>): Uint8Array {
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.map(element)]
  const buffer = parquetWriteBuffer({
    schema,
    columnData: columns.map((column) => ({ name: column.name, data: nullable(column) })),
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key: `contango.${key}`, value })),
    createdBy: 'contango',
  })
  return new Uint8Array(buffer)
}

function element({ name, kind }: Column): SchemaElement {
  const repetition_type = 'OPTIONAL'
  switch (kind) {
    case 'date':
      return { name, type: 'INT32', converted_type: 'DATE', repetition_type }
    case 'integer':
      return { name, type: 'INT32', repetition_type }
    case 'number':
      return { name, type: 'DOUBLE', repetition_type }
    case 'text':
      return { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type }
    case 'boolean':
      return { name, type: 'BOOLEAN', repetition_type }
  }
}

function nullable({ values }: Column): (string | number | boolean | null)[] {
  return Array.from(values as ArrayLike<string | number | boolean | null>, (value) =>
    typeof value === 'number' && Number.isNaN(value) ? null : value,
  )
}
