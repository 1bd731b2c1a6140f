import type { PriceBars } from '../../backtest/price-bars.js'
import { yieldNow } from '../../runtime/yield-now.js'
import { columnOf, type ColumnRole } from './detect-layout.js'
import { numberColumn } from './number-column.js'
import { readBytes, readTable } from './read-table.js'
import { listed, refusal } from './refusals.js'
import type { BarColumnsOfFile } from './price-bars-parquet.js'
import type { SourceTable } from './source-table.js'
import { timeColumn } from './time-column.js'

/** Bars of a plain file, and the rows left out because a price was blank. */
export interface PriceBarsFile {
  readonly bars: PriceBars
  readonly incompleteRows: readonly string[]
}

/**
 * Reads open, high, low and close of one instrument from CSV, NDJSON or Parquet, oldest first whichever way the file runs. The
 * time column is a date, or an ISO time (UTC where it names no zone).
 * @param withVolume reads a column of volume too, where there is one: NaN where it is blank
 */
export async function readPriceBars(
  path: string,
  file: string,
  withVolume: boolean,
  signal: AbortSignal,
): Promise<PriceBarsFile> {
  const bytes = await readBytes(path, file, signal)
  const columns =
    (await columnsOfParquet(file, bytes, withVolume)) ?? (await columnsOfTable(file, bytes, withVolume, signal))
  const { timeMs, open, high, low, close, volume, where } = columns
  const bars = timeMs.length
  const descending = bars > 1 && timeMs[0] > timeMs[bars - 1]
  const incompleteRows: string[] = []
  for (let row = 0; row < bars; row++) {
    const at = descending ? bars - 1 - row : row
    if (!Number.isFinite(open[at] + high[at] + low[at] + close[at])) incompleteRows.push(where(at))
  }
  if (incompleteRows.length === 0 && !descending)
    return { bars: { timeMs, open, high, low, close, volume }, incompleteRows }
  const rows: number[] = []
  for (let row = 0; row < bars; row++) {
    const at = descending ? bars - 1 - row : row
    if (Number.isFinite(open[at] + high[at] + low[at] + close[at])) rows.push(at)
  }
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row])
  return {
    bars: {
      timeMs: pick(timeMs),
      open: pick(open),
      high: pick(high),
      low: pick(low),
      close: pick(close),
      volume: volume && pick(volume),
    },
    incompleteRows,
  }
}

type FileColumns = BarColumnsOfFile & { where(row: number): string }

/** null where the file is not Parquet, or holds more than plain numbers. */
async function columnsOfParquet(file: string, bytes: Uint8Array, withVolume: boolean): Promise<FileColumns | null> {
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength
  if (!isWhole || !/\.(parquet|pq)$/i.test(file)) return null
  try {
    const { parquetBars } = await import('./price-bars-parquet.js')
    const columns = parquetBars(bytes, withVolume)
    return columns && { ...columns, where: (row) => `row ${row + 1}` }
  } catch {
    // The table of cells says what is broken.
    return null
  }
}

async function columnsOfTable(
  file: string,
  bytes: Uint8Array,
  withVolume: boolean,
  signal: AbortSignal,
): Promise<FileColumns> {
  const { table } = await readTable(file, bytes, signal)
  const timeMs = timeColumn(table, requiredColumn(table, 'date'))
  await yieldNow(signal)
  const numbers = async (column: number): Promise<Float64Array> => (await numberColumn(table, column, signal)).values
  const price = (role: ColumnRole): Promise<Float64Array> => numbers(requiredColumn(table, role))
  const volume = withVolume ? columnOf(table.headers, 'volume') : -1
  return {
    timeMs,
    open: await price('open'),
    high: await price('high'),
    low: await price('low'),
    close: await price('close'),
    volume: volume < 0 ? undefined : await numbers(volume),
    where: (row) => table.where(row),
  }
}

function requiredColumn(table: SourceTable, role: ColumnRole): number {
  const at = columnOf(table.headers, role)
  if (at >= 0) return at
  throw refusal(
    'COLUMNS_WRONG',
    `${table.file} has no column of ${role === 'date' ? 'dates' : `${role} prices`}; it has ${listed(table.headers)}`,
    'it takes date, open, high, low, close: docs/backtest.md',
    { file: table.file, missing: role },
  )
}
