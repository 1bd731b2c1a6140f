import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { refusal } from '../csv/refusals.js'
import { typedRows } from './typed-rows.js'

const COLUMNS = {
  period: { kind: 'day' },
  series: {
    kind: 'text',
    pattern: /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/,
    expected: 'a series id, such as WCESTUS1',
  },
  change: { kind: 'number', min: -100_000, max: 100_000 },
} as const

/**
 * Expected weekly changes that someone keeps: `period, series, change`, the week-ending Friday, the series id, the change in
 * the series' own unit (kbbl).
 */
export async function readConsensus(
  path: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlyMap<EpochDay, number>>> {
  const { file, rows } = await typedRows(path, COLUMNS, 'docs/fundamentals.md describes the consensus file', signal)
  const bySeries = new Map<string, Map<EpochDay, number>>()
  for (const { period, series, change, line } of rows) {
    const expected = bySeries.get(series) ?? new Map<EpochDay, number>()
    if (expected.has(period)) {
      throw refusal(
        'ROW_TWICE',
        `${file} line ${line}: ${series} ${isoFromDay(period)} stands in the file twice`,
        'take one of the two rows out',
        { file, line },
      )
    }
    expected.set(period, change)
    bySeries.set(series, expected)
  }
  return bySeries
}
