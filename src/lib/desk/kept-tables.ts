import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { dailyEquity, type DailyEquity } from '../backtest/metrics/daily-equity.js'
import { dayFromIso } from '../kernel/day.js'
import { ContangoError } from '../kernel/errors.js'
import { KEPT_TABLES } from './keep-backtest.js'
import type { KeptBacktest } from './kept-backtest.js'

/** Equity by day of an earlier run: out of its document, or the table beside it where the history is too long for one. */
export async function keptEquity(kept: KeptBacktest): Promise<DailyEquity> {
  const { equityByDay } = kept.data
  if (equityByDay !== null) {
    return {
      days: Int32Array.from(equityByDay.dates, (date) => dayFromIso(date) ?? Number.NaN),
      usd: Float64Array.from(equityByDay.usd),
    }
  }
  if (kept.folder === null) {
    throw new ContangoError(
      'noData',
      'NO_EQUITY',
      `${kept.file ?? 'the result'} is of too many days to carry its equity`,
      'contango backtest … --keep, and compare the kept run',
      { file: kept.file },
    )
  }
  const rows = await keptRows(kept.folder, 'equity')
  return dailyEquity(
    Float64Array.from(rows, ({ date }) => Date.parse(String(date))),
    Float64Array.from(rows, ({ equity }) => Number(equity)),
  )
}

/** Rows of one of the tables beside a kept document. */
export async function keptRows(folder: string, table: keyof typeof KEPT_TABLES): Promise<Record<string, unknown>[]> {
  const bytes = await readFile(join(folder, KEPT_TABLES[table]))
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  return parquetReadObjects({ file })
}
