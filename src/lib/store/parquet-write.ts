import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { LakeColumn, LakeMeta } from './layout.js'

/** A read of some weeks decodes one group; a year of a 36-contract curve is about 9,000 rows. */
const ROWS_PER_GROUP = 8192

/** Nulls stand for NaN: Parquet readers agree on nulls, and not on NaN. */
function withNulls(values: Float64Array): Float64Array | (number | null)[] {
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) return Array.from(values, (value) => (Number.isNaN(value) ? null : value))
  }
  return values
}

/** Integers of 64 bits by their halves: no BigInt is made. */
function wholeNumbers(values: ArrayLike<number>): BigInt64Array {
  const whole = new BigInt64Array(values.length)
  const halves = new Int32Array(whole.buffer)
  for (let i = 0; i < values.length; i++) {
    const high = Math.floor(values[i] / 2 ** 32)
    halves[2 * i] = values[i] - high * 2 ** 32 // the low half, as 32 bits of either sign
    halves[2 * i + 1] = high
  }
  return whole
}

/** A lake file as bytes. Snappy, statistics per row group, the dataset's own description as key-value metadata. */
export function parquetBytes(meta: LakeMeta, columns: readonly LakeColumn[]): Uint8Array {
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }): SchemaElement => {
      if (type === 'double') return { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }
      if (type === 'date') return { name, type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' }
      if (type === 'timestamp') {
        return { name, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' }
      }
      return { name, type: 'INT32', repetition_type: 'REQUIRED' }
    }),
  ]
  const buffer = parquetWriteBuffer({
    schema,
    columnData: columns.map(({ name, type, values }) => ({
      name,
      data: type === 'timestamp' ? wholeNumbers(values) : values instanceof Float64Array ? withNulls(values) : values,
      // A dictionary of prices doubles the time of writing and saves a tenth of the file.
      encoding: type === 'double' || type === 'timestamp' ? ('PLAIN' as const) : undefined,
    })),
    rowGroupSize: ROWS_PER_GROUP,
    kvMetadata: [{ key: 'contango', value: JSON.stringify(meta) }],
    createdBy: 'contango',
  })
  return new Uint8Array(buffer)
}
