import { parquetMetadata } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { columnOf } from './detect-layout.js'
import { numberKind, parquetNumbers } from './parquet-numbers.js'

/** Columns of bars in file order; days and times as milliseconds. */
export interface BarColumnsOfFile {
  readonly timeMs: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume?: Float64Array
}

const DAY_MS = 86_400_000

/**
 * The columns of bars where all of them are numbers, days or times, read without a detour through cells. Reached only by dynamic import.
 * @param bytes the whole of their buffer
 * @param withVolume whether to look for a volume too
 * @returns null where a column is something else or absent, or the file says that it is simulated: the table of cells knows what to say
 */
export function parquetBars(bytes: Uint8Array, withVolume: boolean): BarColumnsOfFile | null {
  const metadata = parquetMetadata(bytes.buffer as ArrayBuffer)
  if ((metadata.key_value_metadata ?? []).some(({ key }) => key.startsWith('contango'))) return null
  const names = metadata.schema.slice(1).map(({ name }) => name)
  if (names.length !== metadata.schema[0].num_children) return null
  const roles = ['date', 'open', 'high', 'low', 'close'] as const
  const found = roles.map((role) => names[columnOf(names, role)])
  if (found.some((name) => name === undefined)) return null
  const kinds = found.map((name) => numberKind(metadata, name))
  const [dateKind, ...priceKinds] = kinds
  if ((dateKind !== 'day' && dateKind !== 'time') || priceKinds.some((kind) => kind !== 'number')) return null
  const read = (name: string): Float64Array => parquetNumbers(bytes, metadata, name, compressors)
  const [date, open, high, low, close] = found.map(read)
  if (date.some(Number.isNaN)) return null
  const volumeName = names[columnOf(names, 'volume')] as string | undefined
  const hasVolume = withVolume && volumeName !== undefined && numberKind(metadata, volumeName) === 'number'
  return {
    timeMs: dateKind === 'day' ? date.map((day) => day * DAY_MS) : date,
    open,
    high,
    low,
    close,
    volume: hasVolume ? read(volumeName) : undefined,
  }
}
