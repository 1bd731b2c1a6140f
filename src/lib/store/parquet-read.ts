import { readFile } from 'node:fs/promises'
import { parquetMetadata, parquetRead, type AsyncBuffer, type FileMetaData } from 'hyparquet'
import type { EpochDay } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { dayColumnOf, type LakeMeta } from './layout.js'

const parsers = {
  dateFromDays: (days: number): number => days,
  timestampFromMilliseconds: (ms: bigint): number => Number(ms),
}

export interface LakeFile {
  readonly meta: LakeMeta
  readonly metadata: FileMetaData
  readonly file: AsyncBuffer
  readonly columnNames: readonly string[]
  readonly rows: number
}

function damaged(path: string, why: string, cause?: unknown): ContangoError {
  return new ContangoError(
    'refused',
    'LAKE_FILE_DAMAGED',
    `${path} is not a sound lake file: ${why}`,
    'contango data check names every such file; move it away and fetch or import the dataset again',
    { file: path },
    { cause },
  )
}

/** A journalled file is where it was staged until it is renamed, which may happen between two looks. */
async function readStagedOr(dataDir: string, path: string, staged: string | undefined): Promise<Buffer> {
  if (staged !== undefined) {
    try {
      return await readFile(`${dataDir}/${staged}`)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return await readFile(`${dataDir}/${path}`)
}

/**
 * Opens a lake file. The files are small (a product's 17 years are about 1.5 MB), so all bytes are read at once.
 * @param path relative to the data folder: what errors name
 * @param staged where a journalled write has put the file's next bytes
 */
export async function openLakeFile(dataDir: string, path: string, staged?: string): Promise<LakeFile> {
  let bytes: Buffer
  try {
    bytes = await readStagedOr(dataDir, path, staged)
  } catch (error) {
    throw damaged(
      path,
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is missing' : (error as Error).message,
      error,
    )
  }
  // a small file shares its memory with others
  const whole = bytes.byteLength === bytes.buffer.byteLength
  const buffer = (
    whole ? bytes.buffer : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  ) as ArrayBuffer
  try {
    const metadata = parquetMetadata(buffer, { parsers })
    const described = metadata.key_value_metadata?.find((entry) => entry.key === 'contango')?.value
    if (described === undefined) throw damaged(path, 'contango did not write it')
    return {
      meta: JSON.parse(described) as LakeMeta,
      metadata,
      file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
      columnNames: metadata.schema.slice(1).map((element) => element.name),
      rows: Number(metadata.num_rows),
    }
  } catch (error) {
    throw error instanceof ContangoError ? error : damaged(path, 'the footer cannot be read (truncated?)', error)
  }
}

/** Rows [start, end) of the groups whose dates can lie within the bounds; the caller trims to the day. */
function groupRange({ metadata, meta }: LakeFile, from: EpochDay, to: EpochDay): { start: number; end: number } {
  const dayColumn = dayColumnOf(meta.kind)
  let start = -1
  let end = 0
  let row = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    const statistics = group.columns.find((column) => column.meta_data?.path_in_schema[0] === dayColumn)?.meta_data
      ?.statistics
    const min = typeof statistics?.min_value === 'number' ? statistics.min_value : -Infinity
    const max = typeof statistics?.max_value === 'number' ? statistics.max_value : Infinity
    if (min <= to && max >= from) {
      if (start === -1) start = row
      end = row + rows
    }
    row += rows
  }
  return { start: Math.max(start, 0), end }
}

/** The asked-for columns of the row groups that can hold days from `from` to `to`, as own typed arrays. */
export async function readLakeColumns(
  path: string,
  lakeFile: LakeFile,
  columns: readonly string[],
  from: EpochDay,
  to: EpochDay,
): Promise<Map<string, Int32Array | Float64Array>> {
  const { start, end } = groupRange(lakeFile, from, to)
  const wanted = columns.filter((name) => lakeFile.columnNames.includes(name))
  const types = new Map(lakeFile.metadata.schema.slice(1).map((element) => [element.name, element.type]))
  const read = new Map<string, Int32Array | Float64Array>(
    wanted.map((name) => [
      name,
      types.get(name) === 'INT32' ? new Int32Array(end - start) : new Float64Array(end - start),
    ]),
  )
  if (end === start) return read
  try {
    await parquetRead({
      file: lakeFile.file,
      metadata: lakeFile.metadata,
      columns: wanted,
      rowStart: start,
      rowEnd: end,
      parsers,
      onChunk({ columnName, columnData, rowStart }) {
        const target = read.get(columnName)
        if (target) place(columnData as ArrayLike<number | null>, target, rowStart - start)
      },
    })
  } catch (error) {
    throw damaged(path, 'its data cannot be decoded (truncated?)', error)
  }
  return read
}

/** Chunks come as typed arrays, or as plain arrays with nulls where a dictionary or a null was involved. */
function place(from: ArrayLike<number | null>, to: Int32Array | Float64Array, offset: number): void {
  if (from instanceof Int32Array || from instanceof Float64Array) {
    to.set(from, offset)
    return
  }
  for (let i = 0; i < from.length; i++) to[offset + i] = from[i] ?? Number.NaN
}
