import type { SeriesColumns } from '../../../market/dataset.js'
import { checkedName, nameFromFile } from '../dataset-name.js'
import { dayColumn } from '../day-column.js'
import { columnOf, type ColumnRole } from '../detect-layout.js'
import type { ImportDesk, ParsedLayout } from '../import-request.js'
import { newTally, priceColumn, sayTally } from '../price-column.js'
import { refusal } from '../refusals.js'
import { ascendingOrder } from '../row-order.js'
import { sayUnsorted } from '../say-unsorted.js'
import { seriesFromRows } from '../series-from-rows.js'
import type { SourceTable } from '../source-table.js'

const SUFFIX = { oiAll: 'OI', long: 'NONCOMM_LONG', short: 'NONCOMM_SHORT', net: 'NONCOMM_NET' } as const

/**
 * Weekly non-commercial positions of one contract market (`date, all, long, short, net`), in contracts. Long and short
 * are counts and stored positive: a file that gives shorts with a minus sign is read so, and says so. Net is long minus
 * short, with its sign.
 */
export async function readPositions(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { headers, file } = table
  const prefix = positionsPrefix(desk, file)
  const dateColumn = columnOf(headers, 'date')
  const days = dayColumn(table, dateColumn, desk.request.dateFormat)
  sayUnsorted(desk, table, days, ascendingOrder(days))
  const tally = newTally()
  const taken = new Set([dateColumn])
  const columns = new Map<ColumnRole, Float64Array>()
  for (const role of Object.keys(SUFFIX) as (keyof typeof SUFFIX)[]) {
    const column = columnOf(headers, role)
    if (column < 0) continue
    taken.add(column)
    columns.set(role, await priceColumn(desk, table, column, tally))
  }
  const [long, short, net] = (['long', 'short', 'net'] as const).map((role) => columns.get(role))
  if (short!.some((value) => value < 0)) {
    const row = short!.findIndex((value) => value > 0)
    if (row >= 0) throw mixedSigns(table, row, columnOf(headers, 'short'))
    columns.set('short', short!.map(Math.abs))
    desk.warn('SHORTS_NEGATIVE', `${file}: shorts are given as negative numbers and stored as counts`, { file })
  }
  const counted = columns.get('short')!
  const off = net ? net.findIndex((value, row) => Math.abs(value - (long![row] - counted[row])) > 0.5) : -1
  if (off >= 0) {
    desk.warn('NET_MISMATCH', `${file} ${table.where(off)}: net is not long minus short`, {
      file,
      line: table.lineOf(off),
    })
  }
  sayTally(desk, file, tally)
  const datasets: SeriesColumns[] = (Object.keys(SUFFIX) as (keyof typeof SUFFIX)[]).flatMap((role) => {
    const value = columns.get(role)
    const id = checkedName(file, `${prefix}_${SUFFIX[role]}`)
    return value ? [seriesFromRows(desk, file, { id, period: days, value, knownOn: null, unit: 'contracts' })] : []
  })
  return {
    datasets,
    ignoredColumns: headers.flatMap((column, i) => (taken.has(i) ? [] : [{ column, reason: 'is not used' }])),
    missing: tally.missing,
  }
}

/** `CFTC_067651`: by `--series`, by the CFTC code of `--symbol`, or by the file's entry in config/publications.yaml. */
function positionsPrefix(desk: ImportDesk, file: string): string {
  const { request, market } = desk
  if (request.series !== undefined) return request.series
  if (request.symbol !== undefined) {
    const product = market.resolveProduct(request.symbol)
    const { cftc } = market.instrument(product).codes
    if (cftc !== null) return `CFTC_${cftc}`
    throw refusal(
      'NO_CFTC_CODE',
      `${file}: ${product} has no contract market at the CFTC`,
      'contango fetch csv FILE --series NAME gives the series a prefix of your own',
      { file, product },
    )
  }
  const name = nameFromFile(desk, file)
  if (name !== null) return name
  throw refusal(
    'SERIES_NEEDED',
    `${file} has positions, and neither it nor its name says in which contract`,
    `contango fetch csv ${file} --symbol CL`,
    { file },
  )
}

function mixedSigns(table: SourceTable, row: number, column: number): Error {
  return refusal(
    'SIGNS_MIXED',
    `${table.file} ${table.where(row)}, column ${table.headers[column]}: a positive number among negative shorts`,
    'give every short the same sign',
    { file: table.file, line: table.lineOf(row), column: table.headers[column] },
  )
}
