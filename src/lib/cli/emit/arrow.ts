import {
  Bool,
  DateDay,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  tableToIPC,
  Table as ArrowTable,
  Utf8,
  vectorFromArray,
  Vector,
  type DataType,
} from 'apache-arrow'
import type { Column, Table } from '../table.js'
import { cellAt } from './cell.js'

/** An Arrow IPC stream: text as Utf8, numbers as Float64, whole numbers as Int32 where they fit, dates as Date32. */
export function arrowStream(table: Table): Uint8Array {
  const vectors = table.columns.map((column) => vectorOf(column, table.length))
  const fields = table.columns.map((column, i) => new Field(column.name, vectors[i].type, true))
  const schema = new Schema(fields)
  const struct = makeData({
    type: new Struct(fields),
    length: table.length,
    nullCount: 0,
    children: vectors.map((vector) => vector.data[0]),
  })
  return tableToIPC(new ArrowTable(schema, [new RecordBatch(schema, struct)]), 'stream')
}

function vectorOf(column: Column, length: number): Vector {
  switch (column.kind) {
    case 'text':
      return vectorFromArray(
        Array.from({ length }, (_, i) => column.values[i] ?? null),
        new Utf8(),
      )
    case 'boolean':
      return vectorFromArray(
        Array.from({ length }, (_, i) => column.values[i] ?? null),
        new Bool(),
      )
    case 'date':
      return nullable(column.values, length, new Int32Array(length), new DateDay())
    case 'integer': {
      const fits = Array.from({ length }, (_, i) => cellAt(column, i)).every(
        (cell) => cell === null || cell === (Number(cell) | 0),
      )
      return fits
        ? nullable(column.values, length, new Int32Array(length), new Int32())
        : nullable(column.values, length, new Float64Array(length), new Float64())
    }
    case 'number':
      return nullable(column.values, length, new Float64Array(length), new Float64())
  }
}

/** Values and a validity bitmap, least significant bit first; NaN and infinities are null as in every other form. */
function nullable(
  values: ArrayLike<number | null>,
  length: number,
  data: Int32Array | Float64Array,
  type: DataType,
): Vector {
  const nullBitmap = new Uint8Array(Math.ceil(length / 8))
  let nullCount = 0
  for (let i = 0; i < length; i++) {
    const value = values[i]
    if (value === null || value === undefined || !Number.isFinite(value)) {
      nullCount++
    } else {
      data[i] = value
      nullBitmap[i >> 3] |= 1 << (i & 7)
    }
  }
  return new Vector([makeData({ type, length, nullCount, nullBitmap, data } as Parameters<typeof makeData>[0])])
}
