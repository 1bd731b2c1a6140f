import { dayFromCivil, isoFromDay } from '../../../kernel/day.js'
import { yieldNow } from '../../../runtime/yield-now.js'
import { monthFromIndex, monthIndexOf } from '../../../market/contract-month.js'
import type { CurveColumns } from '../../../market/dataset.js'
import type { Product } from '../../../market/market.js'
import { curveFromRows } from '../curve-from-rows.js'
import { productUnit } from '../dataset-unit.js'
import { dayColumn } from '../day-column.js'
import { columnOf, rankHeader } from '../detect-layout.js'
import type { IgnoredColumn, ImportDesk, ParsedLayout } from '../import-request.js'
import { newTally, priceColumn, sayTally } from '../price-column.js'
import { ascendingOrder } from '../row-order.js'
import { refusal } from '../refusals.js'
import { sayUnsorted } from '../say-unsorted.js'
import type { SourceTable } from '../source-table.js'

interface RankColumn {
  readonly column: number
  readonly rank: number
}

/** Wide settlements by rank (`date, CL01, CL02 … BRN01 …`): on each day a rank is the contract that held it. */
export async function readRanks(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { market, request, signal } = desk
  const dateColumn = columnOf(table.headers, 'date')
  const byProduct = new Map<Product, RankColumn[]>()
  const ignoredColumns: IgnoredColumn[] = []
  table.headers.forEach((header, column) => {
    if (column === dateColumn) return
    const found = rankHeader(market, header)
    if (!found) {
      ignoredColumns.push({ column: header, reason: header === '' ? 'has no name' : 'is no rank of a known product' })
      return
    }
    const columns = byProduct.get(found.product) ?? []
    if (columns.some(({ rank }) => rank === found.rank)) throw twice(table.file, header, found.product, found.rank)
    columns.push({ column, rank: found.rank })
    byProduct.set(found.product, columns)
  })
  const days = dayColumn(table, dateColumn, request.dateFormat)
  checkContractYears(table, dateColumn, days)
  const order = ascendingOrder(days)
  sayUnsorted(desk, table, days, order)
  const tally = newTally()
  const datasets: CurveColumns[] = []
  for (const [product, columns] of byProduct) {
    columns.sort((a, b) => a.rank - b.rank)
    const { unit, scale } = productUnit(desk, table.file, product)
    const values: Float64Array[] = []
    let cells = 0
    for (const { column } of columns) {
      const parsed = await priceColumn(desk, table, column, tally)
      for (const value of parsed) if (value === value) cells++
      values.push(parsed)
    }
    const day = new Int32Array(cells)
    const month = new Int32Array(cells)
    const rank = new Int32Array(cells)
    const settlement = new Float64Array(cells)
    let n = 0
    for (let i = 0; i < table.rows; i++) {
      const row = order === null ? i : order[i]
      const front = monthIndexOf(market.monthAtRank(product, days[row], 1))
      for (let c = 0; c < columns.length; c++) {
        const value = values[c][row]
        if (value !== value) continue
        day[n] = days[row]
        month[n] = monthFromIndex(front + columns[c].rank - 1)
        rank[n] = columns[c].rank
        settlement[n] = scale === 1 ? value : value * scale
        n++
      }
    }
    if (cells > 0) datasets.push(curveFromRows({ kind: 'curves', product, unit, day, month, rank, settlement }))
    await yieldNow(signal)
  }
  sayTally(desk, table.file, tally)
  return { datasets, ignoredColumns, missing: tally.missing }
}

/** Oil futures begin in the 1980s, and the expiry rules end with the contracts of 2050. */
const FIRST_DAY = dayFromCivil(1980, 1, 1)
const LAST_DAY = dayFromCivil(2040, 12, 31)

function checkContractYears(table: SourceTable, column: number, days: Int32Array): void {
  const row = days.findIndex((day) => day < FIRST_DAY || day > LAST_DAY)
  if (row < 0) return
  throw refusal(
    'DATE_OUT_OF_RANGE',
    `${table.file} ${table.where(row)}, column ${table.headers[column]}: no contract is known to hold a rank on ${isoFromDay(days[row])}`,
    'settlements by rank are read from 1980-01-01 to 2040-12-31: correct the date',
    { file: table.file, line: table.lineOf(row), column: table.headers[column], value: isoFromDay(days[row]) },
  )
}

function twice(file: string, header: string, product: Product, rank: number): Error {
  return refusal(
    'COLUMN_DUPLICATE',
    `${file}: column ${header} is rank ${rank} of ${product} a second time`,
    'leave out one of the two, or rename it with --map FROM=TO',
    { file, column: header, product, rank },
  )
}
