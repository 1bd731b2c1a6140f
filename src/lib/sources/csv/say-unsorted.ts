import type { ImportDesk } from './import-request.js'
import type { SourceTable } from './source-table.js'

/** Rows out of order are sorted; a file that simply runs backwards, as many downloads do, needs no word. */
export function sayUnsorted(desk: ImportDesk, table: SourceTable, days: Int32Array, order: Int32Array | null): void {
  if (order === null) return
  let firstBack = -1
  let forward = false
  for (let row = 1; row < days.length; row++) {
    if (days[row] < days[row - 1]) firstBack = firstBack < 0 ? row : firstBack
    else if (days[row] > days[row - 1]) forward = true
  }
  if (firstBack < 0 || !forward) return
  desk.warn('ROWS_UNSORTED', `${table.file}: dates go backwards at ${table.where(firstBack)}; the rows were sorted`, {
    file: table.file,
    line: table.lineOf(firstBack),
  })
}
