import { readContractCode, type ContractRef } from '../../../market/contract-code.js'
import { monthFromIso, type ContractMonth } from '../../../market/contract-month.js'
import type { CurveColumns } from '../../../market/dataset.js'
import type { Market, Product } from '../../../market/market.js'
import { civilFromDay, type EpochDay } from '../../../kernel/day.js'
import { curveFromRows } from '../curve-from-rows.js'
import { stemOf } from '../dataset-name.js'
import { productUnit } from '../dataset-unit.js'
import { dayColumn, parseDay } from '../day-column.js'
import { columnOf, contractHeader } from '../detect-layout.js'
import type { IgnoredColumn, ImportDesk, ParsedLayout } from '../import-request.js'
import { numberColumn } from '../number-column.js'
import { newTally, priceColumn, sayTally } from '../price-column.js'
import { refusal, shown } from '../refusals.js'
import { sayUnsorted } from '../say-unsorted.js'
import type { SourceTable } from '../source-table.js'

/** One settlement a row (`date, contract, settlement`), or one column a contract (`date, CLF24, CLG24 …`). */
export async function readContracts(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  return columnOf(table.headers, 'contract') >= 0 && columnOf(table.headers, 'settlement') >= 0
    ? readLong(desk, table)
    : readWide(desk, table)
}

/** Rows of one product while they are collected. */
class Rows {
  readonly day: number[] = []
  readonly month: number[] = []
  readonly settlement: number[] = []
  readonly openInterest: number[] = []
  readonly volume: number[] = []
}

async function readLong(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { market, request, signal } = desk
  const { headers, rows } = table
  const used = {
    date: columnOf(headers, 'date'),
    contract: columnOf(headers, 'contract'),
    settlement: columnOf(headers, 'settlement'),
    ticker: columnOf(headers, 'ticker'),
    openInterest: columnOf(headers, 'openInterest'),
    volume: columnOf(headers, 'volume'),
  }
  const days = dayColumn(table, used.date, request.dateFormat)
  const tally = newTally()
  const settlements = await priceColumn(desk, table, used.settlement, tally)
  const openInterest = used.openInterest < 0 ? null : (await numberColumn(table, used.openInterest, signal)).values
  const volume = used.volume < 0 ? null : (await numberColumn(table, used.volume, signal)).values
  const fixed =
    request.symbol === undefined ? productOf(market, stemOf(table.file)) : market.resolveProduct(request.symbol)
  const byProduct = new Map<Product, Rows>()
  const refs = new Map<string, ContractRef>()
  for (let row = 0; row < rows; row++) {
    if (settlements[row] !== settlements[row]) continue
    const contract = table.text(used.contract, row)
    const ticker = used.ticker < 0 ? '' : table.text(used.ticker, row)
    const key = `${ticker}\0${contract}`
    let ref = refs.get(key)
    if (!ref) refs.set(key, (ref = contractOf(desk, table, row, used.contract, contract, ticker, fixed)))
    let into = byProduct.get(ref.product)
    if (!into) byProduct.set(ref.product, (into = new Rows()))
    into.day.push(days[row])
    into.month.push(ref.month)
    into.settlement.push(settlements[row])
    into.openInterest.push(openInterest === null ? Number.NaN : openInterest[row])
    into.volume.push(volume === null ? Number.NaN : volume[row])
  }
  sayTally(desk, table.file, tally)
  const taken = new Set(Object.values(used))
  const ignoredColumns = headers.flatMap((column, i) =>
    taken.has(i) ? [] : [{ column, reason: column === 'rank' ? 'follows from date and contract' : 'is not used' }],
  )
  return {
    datasets: [...byProduct].map(([product, columns]) =>
      curveOf(desk, table.file, product, columns, { openInterest: openInterest !== null, volume: volume !== null }),
    ),
    ignoredColumns,
    missing: tally.missing,
  }
}

async function readWide(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { market, request } = desk
  const dateColumn = columnOf(table.headers, 'date')
  const days = dayColumn(table, dateColumn, request.dateFormat)
  sayUnsorted(desk, table, days, days.some((day, i) => i > 0 && day < days[i - 1]) ? days : null)
  const tally = newTally()
  const ignoredColumns: IgnoredColumn[] = []
  const byProduct = new Map<Product, Rows>()
  for (let column = 0; column < table.headers.length; column++) {
    if (column === dateColumn) continue
    const ref = contractHeader(market, table.headers[column])
    if (ref === null) {
      ignoredColumns.push({ column: table.headers[column], reason: 'is no contract' })
      continue
    }
    const values = await priceColumn(desk, table, column, tally)
    let into = byProduct.get(ref.product)
    if (!into) byProduct.set(ref.product, (into = new Rows()))
    for (let row = 0; row < values.length; row++) {
      if (values[row] !== values[row]) continue
      into.day.push(days[row])
      into.month.push(ref.month)
      into.settlement.push(values[row])
    }
  }
  sayTally(desk, table.file, tally)
  const none = { openInterest: false, volume: false }
  return {
    datasets: [...byProduct]
      .filter(([, columns]) => columns.day.length > 0)
      .map(([product, columns]) => curveOf(desk, table.file, product, columns, none)),
    ignoredColumns,
    missing: tally.missing,
  }
}

function curveOf(
  desk: ImportDesk,
  file: string,
  product: Product,
  rows: Rows,
  with_: { readonly openInterest: boolean; readonly volume: boolean },
): CurveColumns {
  const { unit, scale } = productUnit(desk, file, product)
  const { market } = desk
  return curveFromRows({
    kind: 'curves',
    product,
    unit,
    day: Int32Array.from(rows.day),
    month: Int32Array.from(rows.month),
    rank: Int32Array.from(rows.day, (day, i) => market.rankOfMonth(product, day, rows.month[i])),
    settlement: Float64Array.from(rows.settlement, (value) => (scale === 1 ? value : value * scale)),
    ...(with_.openInterest ? { openInterest: Float64Array.from(rows.openInterest) } : {}),
    ...(with_.volume ? { volume: Float64Array.from(rows.volume) } : {}),
  })
}

function deliveryMonth(text: string): ContractMonth | null {
  const iso = monthFromIso(text)
  if (iso !== null) return iso
  if (/^(19|20)\d{2}(0[1-9]|1[0-2])$/.test(text)) return Number(text)
  const day: EpochDay | null = parseDay(text)
  if (day === null) return null
  const { year, month } = civilFromDay(day)
  return year * 100 + month
}

/** `CLF24`, or a product (its own column, or `--symbol`) with `2024-01`, `202401` or `F24`. */
function contractOf(
  desk: ImportDesk,
  table: SourceTable,
  row: number,
  column: number,
  contract: string,
  ticker: string,
  fixed: Product | null,
): ContractRef {
  const { market } = desk
  const coded = contractHeader(market, contract)
  if (coded !== null) return coded
  const product = productOf(market, ticker) ?? fixed
  const month = deliveryMonth(contract)
  if (product !== null && month !== null) return { product, month }
  if (product !== null) {
    const short = readContractCode(market, `${product}${contract}`, null)
    if (!('reason' in short)) return short
  }
  const name = table.headers[column]
  throw refusal(
    product === null && month !== null ? 'PRODUCT_UNKNOWN' : 'CONTRACT_UNPARSABLE',
    product === null && month !== null
      ? `${table.file} ${table.where(row)}: no column says whose contract ${contract} is`
      : `${table.file} ${table.where(row)}, column ${name}: ${shown(contract)} is no contract`,
    'write CLF24, or give the product: contango fetch csv FILE --symbol CL',
    { file: table.file, line: table.lineOf(row), column: name, value: contract.slice(0, 80) },
  )
}

function productOf(market: Market, ticker: string): Product | null {
  if (ticker === '') return null
  try {
    return market.resolveProduct(ticker)
  } catch {
    return null
  }
}
