import type { EpochDay } from '../../kernel/day.js'
import { dayColumn } from './day-column.js'
import { columnOf } from './detect-layout.js'
import { numberColumn } from './number-column.js'
import { listed, refusal } from './refusals.js'
import { readBytes, readTable } from './read-table.js'
import { ascendingOrder } from './row-order.js'

/** Daily bars out of a plain table; a column that the file lacks is NaN throughout. */
export interface BarFile {
  readonly days: Int32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/**
 * Reads date, close and what there is of open, high, low and volume, under the names that an import knows. Rows may run in
 * either direction; a blank is NaN; nothing is filled in.
 * @param notAfter later rows are left out; null for all
 */
export async function readBarFile(
  path: string,
  file: string,
  { signal, notAfter }: { readonly signal: AbortSignal; readonly notAfter: EpochDay | null },
): Promise<BarFile> {
  const { table } = await readTable(file, await readBytes(path, file, signal), signal)
  const { headers } = table
  for (const role of ['date', 'close'] as const) {
    if (columnOf(headers, role) < 0) {
      throw refusal(
        'COLUMN_MISSING',
        `${file} has no column of ${role === 'date' ? 'dates' : 'closes'}; its first line names ${listed(headers)}`,
        'a bar file has date and close, and open, high, low, volume where they are known',
        { file, columns: headers.slice(0, 50) },
      )
    }
  }
  const raw = dayColumn(table, columnOf(headers, 'date'))
  const order = (ascendingOrder(raw) ?? Int32Array.from(raw, (_, row) => row)).filter(
    (row) => notAfter === null || raw[row] <= notAfter,
  )
  const twice = order.findIndex((row, i) => i > 0 && raw[row] === raw[order[i - 1]])
  if (twice >= 0) {
    throw refusal(
      'DAY_TWICE',
      `${file}: ${table.where(order[twice - 1])} and ${table.where(order[twice])} are of the same day`,
      'leave one bar a day in the file: one symbol, no intraday rows',
      { file, lines: [table.lineOf(order[twice - 1]), table.lineOf(order[twice])] },
    )
  }
  const column = async (field: 'open' | 'high' | 'low' | 'close' | 'volume'): Promise<Float64Array> => {
    const at = columnOf(headers, field)
    if (at < 0) return new Float64Array(order.length).fill(Number.NaN)
    const { values } = await numberColumn(table, at, signal)
    return Float64Array.from(order, (row) => values[row])
  }
  return {
    days: Int32Array.from(order, (row) => raw[row]),
    open: await column('open'),
    high: await column('high'),
    low: await column('low'),
    close: await column('close'),
    volume: await column('volume'),
  }
}
