import { civilFromDay, type EpochDay } from '../../../kernel/day.js'
import { monthEnd } from '../../../market/publication.js'
import { checkedName } from '../dataset-name.js'
import { dayColumn, parseDay } from '../day-column.js'
import { columnOf } from '../detect-layout.js'
import type { IgnoredColumn, ImportDesk, ParsedLayout } from '../import-request.js'
import { newTally, priceColumn, sayTally } from '../price-column.js'
import { seriesFromRows } from '../series-from-rows.js'
import type { SourceTable } from '../source-table.js'

/** A release stamped with the first of a month names the month: what it holds is known by that month's last day. */
function knownOnOf(release: EpochDay): EpochDay {
  return civilFromDay(release).dayOfMonth === 1 ? monthEnd(release, 0) : release
}

/** One row a series and release, one column a period: each release is a vintage (`id, name, release_date, uom, 2021-01-01 …`). */
export async function readVintages(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { headers, file } = table
  const { request } = desk
  const used = { id: columnOf(headers, 'id'), release: columnOf(headers, 'release'), unit: columnOf(headers, 'unit') }
  const known = dayColumn(table, used.release, request.dateFormat).map(knownOnOf)
  const tally = newTally()
  const ignoredColumns: IgnoredColumn[] = []
  const periods: EpochDay[] = []
  const values: Float64Array[] = []
  for (let column = 0; column < headers.length; column++) {
    if (Object.values(used).includes(column)) continue
    const period = parseDay(headers[column])
    if (period === null) {
      ignoredColumns.push({ column: headers[column], reason: 'is no period' })
      continue
    }
    periods.push(period)
    values.push(await priceColumn(desk, table, column, tally))
  }
  const rowsOf = new Map<string, number[]>()
  for (let row = 0; row < table.rows; row++) {
    const id = table.text(used.id, row)
    const rows = rowsOf.get(id)
    if (rows) rows.push(row)
    else rowsOf.set(checkedName(file, id), [row])
  }
  sayTally(desk, file, tally)
  return {
    datasets: [...rowsOf]
      .filter(([, rows]) => rows.some((row) => values.some((column) => column[row] === column[row])))
      .map(([id, rows]) =>
        seriesFromRows(desk, file, {
          id,
          period: Int32Array.from(rows.flatMap(() => periods)),
          knownOn: Int32Array.from(rows.flatMap((row) => periods.map(() => known[row]))),
          value: Float64Array.from(rows.flatMap((row) => values.map((column) => column[row]))),
          unit: used.unit < 0 ? null : table.text(used.unit, rows[0]) || null,
        }),
      ),
    ignoredColumns,
    missing: tally.missing,
  }
}
