import type { EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import { dayColumn } from './day-column.js'
import { numberColumn } from './number-column.js'
import { listed } from './refusals.js'
import { readBytes, readTable } from './read-table.js'

/** Columns of prices out of a file, on the days on which every one of them has a price. */
export interface PriceFile {
  readonly days: Int32Array
  /** In the order asked for, as long as `days`. */
  readonly columns: readonly Float64Array[]
  /** Days left out between the first and the last because a column was blank. */
  readonly incompleteDays: readonly EpochDay[]
}

/**
 * Reads columns of a plain table of prices: a date column (named date, else the first) and one column a name. Rows may run
 * in either direction; nothing is filled in.
 * @param notAfter later rows are not read; null for all
 */
export async function readPriceFile(
  path: string,
  file: string,
  names: readonly string[],
  { signal, notAfter }: { readonly signal: AbortSignal; readonly notAfter: EpochDay | null },
): Promise<PriceFile> {
  const { table } = await readTable(file, await readBytes(path, file, signal), signal)
  const named = table.headers.findIndex((header) => header.trim().toLowerCase() === 'date')
  const dateAt = named < 0 ? 0 : named
  const raw = dayColumn(table, dateAt)
  const values: Float64Array[] = []
  for (const name of names) {
    const at = table.headers.indexOf(name)
    if (at < 0 || at === dateAt) {
      throw new ContangoError(
        'usage',
        'NO_SUCH_COLUMN',
        `${file} has no column of prices named ${name}; it has ${listed(table.headers.filter((_, i) => i !== dateAt))}`,
        undefined,
        { file, column: name },
      )
    }
    values.push((await numberColumn(table, at, signal)).values)
  }
  const order = Uint32Array.from(raw, (_, i) => i)
    .filter((row) => notAfter === null || raw[row] <= notAfter)
    .sort((a, b) => raw[a] - raw[b])
  const twice = order.findIndex((row, i) => i > 0 && raw[row] === raw[order[i - 1]])
  if (twice >= 0) {
    throw new ContangoError(
      'refused',
      'DAY_TWICE',
      `${file}: ${table.where(order[twice - 1])} and ${table.where(order[twice])} are of the same day`,
      'leave one price a day and column in the file',
      { file, lines: [table.lineOf(order[twice - 1]), table.lineOf(order[twice])] },
    )
  }
  const complete = order.filter((row) => values.every((column) => Number.isFinite(column[row])))
  const kept = new Set(complete)
  return {
    days: Int32Array.from(complete, (row) => raw[row]),
    columns: values.map((column) => Float64Array.from(complete, (row) => column[row])),
    // before the first full day a column has not begun, after the last it has ended: only gaps in between are told
    incompleteDays: Array.from(order, (row) => raw[row]).filter(
      (day, i) => !kept.has(order[i]) && day > raw[complete[0]] && day < raw[complete[complete.length - 1]],
    ),
  }
}
