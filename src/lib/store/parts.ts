import { isoFromDay, type EpochDay } from '../kernel/day.js'
import type { LakeColumn } from './layout.js'
import { sliceColumns } from './slice.js'
import type { LakeFileInfo } from './types.js'

/** A file of ticks that has so many rows is full: the next ticks of its day begin another. */
const FULL_ROWS = 50_000

/** Rows and the part of their dataset into which they go. */
export interface PartRows {
  readonly part: string
  readonly columns: LakeColumn[]
}

/**
 * Splits the rows of a parted dataset, ascending by day, over its files: intraday bars by month, ticks by UTC day and, so that
 * a long day is not written anew for each minute of it, into numbered files of a day.
 * @param files what the dataset has
 */
export function partRows(
  kind: 'ticks' | 'intraday',
  columns: readonly LakeColumn[],
  files: readonly LakeFileInfo[],
): PartRows[] {
  const days = columns[0].values
  const nameOf = (day: EpochDay): string => (kind === 'intraday' ? isoFromDay(day).slice(0, 7) : isoFromDay(day))
  const parts: PartRows[] = []
  for (let start = 0; start < days.length;) {
    const name = nameOf(days[start])
    let end = start + 1
    while (end < days.length && (days[end] === days[end - 1] || nameOf(days[end]) === name)) end++
    parts.push({
      part: kind === 'intraday' ? name : `${name}.${openNumber(name, files)}`,
      columns: sliceColumns(columns, start, end),
    })
    start = end
  }
  return parts
}

/** Number of the day's last file or, where that one is full, of the next. */
function openNumber(date: string, files: readonly LakeFileInfo[]): string {
  let last = 0
  let rows = FULL_ROWS
  for (const file of files) {
    const [day, number] = file.part.split('.')
    if (day === date && Number(number) > last) {
      last = Number(number)
      rows = file.rows
    }
  }
  return String(rows < FULL_ROWS ? last : last + 1).padStart(3, '0')
}
