import type { SeriesColumns } from '../../../market/dataset.js'
import { seriesFactsOf } from '../../../market/publication.js'
import { checkedName, nameFromFile } from '../dataset-name.js'
import { dayColumn } from '../day-column.js'
import { columnKey, columnOf, COLUMN_NAMES } from '../detect-layout.js'
import type { IgnoredColumn, ImportDesk, ParsedLayout } from '../import-request.js'
import { parseNumberText } from '../parse-number.js'
import { newTally, priceColumn, sayTally } from '../price-column.js'
import { refusal } from '../refusals.js'
import { ascendingOrder } from '../row-order.js'
import { sayUnsorted } from '../say-unsorted.js'
import { seriesFromRows } from '../series-from-rows.js'
import type { SourceTable } from '../source-table.js'

/** One number a period: `date, RWTC, RBRTE …`; `date, value`; or in rows `series, period, value` with known-on dates. */
export async function readSeries(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const has = (role: 'id' | 'release' | 'value'): boolean => columnOf(table.headers, role) >= 0
  return has('value') && (has('id') || has('release')) ? readLong(desk, table) : readWide(desk, table)
}

async function readWide(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { request } = desk
  const { headers, file } = table
  const dateColumn = columnOf(headers, 'date')
  const days = dayColumn(table, dateColumn, request.dateFormat)
  sayUnsorted(desk, table, days, ascendingOrder(days))
  const { columns, ignoredColumns } = valueColumns(desk, table, dateColumn)
  const tally = newTally()
  const datasets: SeriesColumns[] = []
  for (const { column, id } of columns) {
    const value = await priceColumn(desk, table, column, tally)
    if (value.every((each) => each !== each)) {
      ignoredColumns.push({ column: headers[column], reason: 'is empty' })
      continue
    }
    datasets.push(seriesFromRows(desk, file, { id, period: days, value, knownOn: null, unit: null }))
  }
  sayTally(desk, file, tally)
  return { datasets, ignoredColumns, missing: tally.missing }
}

/** Which columns are series and under which id. */
function valueColumns(
  desk: ImportDesk,
  table: SourceTable,
  dateColumn: number,
): { columns: { column: number; id: string }[]; ignoredColumns: IgnoredColumn[] } {
  const { publications, request } = desk
  const { headers, file } = table
  const ignoredColumns: IgnoredColumn[] = []
  const known = headers.some((header) => seriesFactsOf(publications, header) !== null)
  const computed = known ? publications.computedColumns : null
  const candidates = headers.flatMap((header, column) => {
    if (column === dateColumn) return []
    const reason =
      header === ''
        ? 'has no name'
        : computed?.test(header)
          ? 'was computed by someone else'
          : seriesFactsOf(publications, header) === null && holdsText(table, column)
            ? 'holds text'
            : null
    if (reason === null) return [column]
    ignoredColumns.push({ column: header, reason })
    return []
  })
  if (candidates.length === 0) {
    throw refusal('COLUMN_MISSING', `${file} has dates and no column of numbers`, 'add one column a series', {
      file,
      columns: headers.slice(0, 50),
    })
  }
  if (candidates.length > 1 && request.series !== undefined) {
    throw refusal(
      'SERIES_OF_MANY',
      `${file} holds ${candidates.length} series; --series ${request.series} cannot name them all`,
      `rename one column: --map ${headers[candidates[0]]}=${request.series}`,
      { file, series: request.series, columns: candidates.map((column) => headers[column]).slice(0, 50) },
    )
  }
  const columns = candidates.map((column) => {
    const header = headers[column]
    const generic = (COLUMN_NAMES.value as readonly string[]).includes(columnKey(header))
    const id = request.series ?? (generic && candidates.length === 1 ? nameFromFile(desk, file) : header)
    if (id === null) throw seriesNeeded(file, header)
    return { column, id: checkedName(file, id) }
  })
  return { columns, ignoredColumns }
}

const SAMPLE = 50

/** True where the column has cells and not one of the first looks like a number. */
function holdsText(table: SourceTable, column: number): boolean {
  let seen = 0
  for (let row = 0; row < table.rows && seen < SAMPLE; row++) {
    if (table.isBlank(column, row)) continue
    if (table.plainNumber(column, row) === table.plainNumber(column, row)) return false
    if (parseNumberText(table.text(column, row)).kind !== 'not-a-number') return false
    if (/\d/.test(table.text(column, row))) return false
    seen++
  }
  return seen > 0
}

async function readLong(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { headers, file } = table
  const { request } = desk
  const used = {
    id: columnOf(headers, 'id'),
    date: columnOf(headers, 'date'),
    value: columnOf(headers, 'value'),
    unit: columnOf(headers, 'unit'),
    release: columnOf(headers, 'release'),
  }
  const days = dayColumn(table, used.date, request.dateFormat)
  const tally = newTally()
  const values = await priceColumn(desk, table, used.value, tally)
  const released = used.release < 0 ? null : dayColumn(table, used.release, request.dateFormat)
  const only = used.id < 0 ? (request.series ?? nameFromFile(desk, file)) : null
  if (used.id < 0 && only === null) throw seriesNeeded(file, headers[used.value])
  const rowsOf = new Map<string, number[]>()
  for (let row = 0; row < table.rows; row++) {
    const id = only ?? table.text(used.id, row)
    const rows = rowsOf.get(id)
    if (rows) rows.push(row)
    else rowsOf.set(checkedName(file, id), [row])
  }
  sayTally(desk, file, tally)
  const taken = new Set(Object.values(used))
  return {
    datasets: [...rowsOf]
      .filter(([, rows]) => rows.some((row) => values[row] === values[row]))
      .map(([id, rows]) =>
        seriesFromRows(desk, file, {
          id,
          period: Int32Array.from(rows, (row) => days[row]),
          value: Float64Array.from(rows, (row) => values[row]),
          knownOn: released === null ? null : Int32Array.from(rows, (row) => released[row]),
          unit: used.unit < 0 ? null : table.text(used.unit, rows[0]) || null,
        }),
      ),
    ignoredColumns: headers.flatMap((column, i) => (taken.has(i) ? [] : [{ column, reason: 'is not used' }])),
    missing: tally.missing,
  }
}

function seriesNeeded(file: string, header: string): Error {
  return refusal(
    'SERIES_NEEDED',
    `${file} has a date and a column named ${header}: neither says which series it is`,
    `contango fetch csv ${file} --series RWTC`,
    { file, column: header },
  )
}
