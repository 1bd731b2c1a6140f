import { parquetSchema, type Compressors, type FileMetaData } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'

/** What the numbers of a column are. */
export type NumberKind = 'number' | 'day' | 'time'

/** How a flat column is read as numbers; null where it is text, a float of 32 bits, a decimal, or nested. */
export function numberKind(metadata: FileMetaData, name: string): NumberKind | null {
  const node = parquetSchema(metadata).children.find(({ element }) => element.name === name)
  if (node === undefined || node.children.length > 0 || node.element.repetition_type === 'REPEATED') return null
  const { type, converted_type: converted, logical_type: logical } = node.element
  if (type === 'DOUBLE') return 'number'
  if (type === 'INT32' && (converted === 'DATE' || logical?.type === 'DATE')) return 'day'
  if (type === 'INT64' && timeUnit(converted, logical) !== null) return 'time'
  const isInteger = (converted === undefined && logical === undefined) || /^INT_(8|16|32|64)$/.test(converted ?? '')
  return (type === 'INT32' || type === 'INT64') && isInteger ? 'number' : null
}

/**
 * One flat column as numbers, NaN where it is null; a time in milliseconds since 1970, a day as an epoch day. hyparquet makes an array of
 * boxed values of a column that may be null: at a million rows that is most of the time of reading a file.
 * @param bytes the whole file
 */
export function parquetNumbers(
  bytes: Uint8Array,
  metadata: FileMetaData,
  name: string,
  compressors: Compressors,
): Float64Array {
  const values = new Float64Array(Number(metadata.num_rows))
  const root = parquetSchema(metadata)
  const leaf = root.children.find(({ element }) => element.name === name)
  if (leaf === undefined) throw new RangeError(`there is no column ${name}`)
  const { element } = leaf
  const unit = timeUnit(element.converted_type, element.logical_type)
  const optional = element.repetition_type === 'OPTIONAL'
  let row = 0
  for (const group of metadata.row_groups) {
    const start = row
    row += Number(group.num_rows)
    const chunk = group.columns.find(({ meta_data: meta }) => meta?.path_in_schema[0] === name)?.meta_data
    if (chunk === undefined) throw new RangeError(`a row group has no column ${name}`)
    const { type, codec } = chunk
    const decoder = { pathInSchema: [name], type, element, schemaPath: [root, leaf], codec, compressors, parsers: NONE }
    const from = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset)
    const view = new DataView(bytes.buffer, bytes.byteOffset + from, Number(chunk.total_compressed_size))
    const reader = { view, offset: 0 }
    let dictionary: ArrayLike<unknown> | null = null
    for (let at = start; at < row;) {
      const header = parquetHeader(reader)
      const page = new Uint8Array(view.buffer, view.byteOffset + reader.offset, header.compressed_page_size)
      reader.offset += header.compressed_page_size
      const size = header.uncompressed_page_size
      if (header.dictionary_page_header !== undefined) {
        const plain = decompressPage(page, size, codec, compressors)
        const dictionaryView = new DataView(plain.buffer, plain.byteOffset, plain.byteLength)
        const count = header.dictionary_page_header.num_values
        dictionary = readPlain({ view: dictionaryView, offset: 0 }, type, count, undefined)
        continue
      }
      const described = header.data_page_header ?? header.data_page_header_v2
      if (described === undefined) throw new RangeError(`a page of ${name} is of an unknown kind`)
      const whole =
        header.data_page_header?.encoding === 'PLAIN' && type === 'DOUBLE' && optional
          ? plainDoubles(decompressPage(page, size, codec, compressors), header.data_page_header.num_values)
          : null
      if (whole !== null) {
        values.set(whole, at)
        at += whole.length
        continue
      }
      const { definitionLevels, dataPage } =
        header.data_page_header === undefined
          ? readDataPageV2(page, header, decoder)
          : readDataPage(decompressPage(page, size, codec, compressors), header.data_page_header, decoder)
      const known = described.encoding.endsWith('_DICTIONARY') ? dereferenced(dataPage, dictionary) : dataPage
      place(values, at, described.num_values, known, optional ? definitionLevels : undefined)
      at += described.num_values
    }
  }
  if (unit !== null) for (let i = 0; i < values.length; i++) values[i] /= unit
  return values
}

const NONE = {} as never // of the decoder's fields hyparquet asks for the parsers of rich types alone

/** Units of a timestamp in one millisecond; null where it is none. */
function timeUnit(
  converted: string | undefined,
  logical: { readonly type?: string; readonly unit?: string } | undefined,
): number | null {
  if (converted === 'TIMESTAMP_MILLIS') return 1
  if (converted === 'TIMESTAMP_MICROS') return 1e3
  if (logical?.type !== 'TIMESTAMP') return null
  return { MILLIS: 1, MICROS: 1e3, NANOS: 1e6 }[logical.unit ?? ''] ?? null
}

/** The values of a plain page whose levels are one run of "not null"; null where they are anything else. */
function plainDoubles(page: Uint8Array, count: number): Float64Array | null {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
  const levelBytes = view.getUint32(0, true)
  let run = 0
  let shift = 0
  let at = 4
  for (; ; at++) {
    const byte = view.getUint8(at)
    run |= (byte & 0x7f) << shift
    shift += 7
    if (byte < 0x80) break
  }
  const isOneRun = (run & 1) === 0 && run >>> 1 >= count && view.getUint8(at + 1) === 1
  const from = 4 + levelBytes
  return isOneRun ? new Float64Array(page.slice(from, from + 8 * count).buffer) : null
}

function dereferenced(indexes: ArrayLike<unknown>, dictionary: ArrayLike<unknown> | null): ArrayLike<unknown> {
  if (dictionary === null) throw new RangeError('a page has a dictionary that is not there')
  const values = new Float64Array(indexes.length)
  for (let i = 0; i < values.length; i++) values[i] = Number(dictionary[indexes[i] as number])
  return values
}

/** Writes the values of a page at their rows; a level of 0 is a null, and no levels are no nulls. */
function place(
  into: Float64Array,
  at: number,
  rows: number,
  values: ArrayLike<unknown>,
  levels: ArrayLike<number> | undefined,
): void {
  const nulls = levels !== undefined && levels.length > 0
  if (!nulls && values instanceof Float64Array) {
    into.set(values, at)
    return
  }
  if (values instanceof BigInt64Array) {
    placeInt64(into, at, rows, values, nulls ? levels : undefined)
    return
  }
  let next = 0
  for (let row = 0; row < rows; row++) {
    into[at + row] = nulls && levels[row] === 0 ? Number.NaN : Number(values[next++])
  }
}

/** Integers of 64 bits by their halves: no BigInt is made. */
function placeInt64(
  into: Float64Array,
  at: number,
  rows: number,
  values: BigInt64Array,
  levels: ArrayLike<number> | undefined,
): void {
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length)
  let next = 0
  for (let row = 0; row < rows; row++) {
    if (levels !== undefined && levels[row] === 0) {
      into[at + row] = Number.NaN
      continue
    }
    into[at + row] = halves[next + 1] * 2 ** 32 + (halves[next] >>> 0)
    next += 2
  }
}
