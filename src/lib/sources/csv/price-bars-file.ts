import type { PriceBars } from '../../backtest/price-bars.js'
import { yieldNow } from '../../runtime/yield-now.js'
import { columnOf, type ColumnRole } from './detect-layout.js'
import { numberColumn } from './number-column.js'
import { readBytes, readTable } from './read-table.js'
import { listed, refusal } from './refusals.js'
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
 */
export async function readPriceBars(path: string, file: string, signal: AbortSignal): Promise<PriceBarsFile> {
  const { table } = await readTable(file, await readBytes(path, file, signal), signal)
  const timeMs = timeColumn(table, requiredColumn(table, 'date'))
  await yieldNow(signal)
  const price = async (role: ColumnRole): Promise<Float64Array> =>
    (await numberColumn(table, requiredColumn(table, role), signal)).values
  const open = await price('open')
  const high = await price('high')
  const low = await price('low')
  const close = await price('close')
  const descending = timeMs.length > 1 && timeMs[0] > timeMs[timeMs.length - 1]
  const rows: number[] = []
  const incompleteRows: string[] = []
  for (let i = 0; i < timeMs.length; i++) {
    const row = descending ? timeMs.length - 1 - i : i
    if (Number.isFinite(open[row] + high[row] + low[row] + close[row])) rows.push(row)
    else incompleteRows.push(table.where(row))
  }
  const pick = (values: Float64Array): Float64Array =>
    rows.length === values.length && !descending ? values : Float64Array.from(rows, (row) => values[row])
  return {
    bars: { timeMs: pick(timeMs), open: pick(open), high: pick(high), low: pick(low), close: pick(close) },
    incompleteRows,
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
