import type { SignalRows } from '../../backtest/signal-file-strategy.js'
import { columnOf } from './detect-layout.js'
import { numberColumn } from './number-column.js'
import { readBytes, readTable } from './read-table.js'
import { listed, refusal } from './refusals.js'
import type { SourceTable } from './source-table.js'
import { timeColumn } from './time-column.js'

/**
 * Reads the columns date and target of a CSV, NDJSON or Parquet file, in order of time whichever way it runs. A blank target, a
 * time that stands twice and a file without rows are refused.
 */
export async function readSignalFile(path: string, file: string, signal: AbortSignal): Promise<SignalRows> {
  const { table } = await readTable(file, await readBytes(path, file, signal), signal)
  const dates = columnOf(table.headers, 'date')
  const targets = table.headers.findIndex((header) => header.trim().toLowerCase() === 'target')
  if (dates < 0 || targets < 0) {
    throw refusal(
      'COLUMNS_WRONG',
      `${file} has no column of ${dates < 0 ? 'dates' : 'targets'}; it has ${listed(table.headers)}`,
      'a signal file has date and target: 0 flat, 1 long, −1 short, or a fraction',
      { file, missing: dates < 0 ? 'date' : 'target' },
    )
  }
  if (table.rows === 0) throw refusal('FILE_EMPTY', `${file} has no signals`, 'a row a date: date,target', { file })
  const timeMs = timeColumn(table, dates)
  const { values } = await numberColumn(table, targets, signal)
  const blank = values.findIndex((value) => !Number.isFinite(value))
  if (blank >= 0) {
    throw refusal('SIGNAL_BLANK', `${file} ${table.where(blank)} has no target`, 'leave the row out to hold on', {
      file,
      line: table.lineOf(blank),
    })
  }
  const order = Array.from(timeMs, (_, row) => row).sort((a, b) => timeMs[a] - timeMs[b])
  const twice = order.findIndex((row, i) => i > 0 && timeMs[row] === timeMs[order[i - 1]])
  if (twice > 0) throw sameTime(table, order[twice - 1], order[twice])
  return {
    timeMs: Float64Array.from(order, (row) => timeMs[row]),
    target: Float64Array.from(order, (row) => values[row]),
  }
}

function sameTime(table: SourceTable, first: number, second: number): Error {
  return refusal(
    'SIGNAL_TWICE',
    `${table.file}: ${table.where(first)} and ${table.where(second)} are of the same time`,
    'one target a date',
    { file: table.file, lines: [table.lineOf(first), table.lineOf(second)] },
  )
}
