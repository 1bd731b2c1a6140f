import { isoFromDay, type EpochDay } from '../../../kernel/day.js'
import { addMonths, type ContractMonth } from '../../../market/contract-month.js'
import type { Market, Product } from '../../../market/market.js'
import { dayColumn } from '../day-column.js'
import { columnOf } from '../detect-layout.js'
import type { ExpiryDifference, ImportDesk, ParsedLayout } from '../import-request.js'
import { numberColumn } from '../number-column.js'
import { refusal, shown } from '../refusals.js'
import type { SourceTable } from '../source-table.js'

/** How far a label may be from the contract that really expired. */
const MONTHS_OFF = [1, 2, -1, -2]

/**
 * A table of last trading days is no price: each row is held against the exchange's rule (and its dated overrides), and
 * nothing is stored, because the rule already answers for every contract.
 */
export async function readExpiries(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { market, signal, request } = desk
  const { headers } = table
  const used = {
    product: columnOf(headers, 'tickPrefix'),
    year: columnOf(headers, 'year'),
    month: columnOf(headers, 'monthOfYear'),
    lastTrade: columnOf(headers, 'lastTrade'),
  }
  const days = dayColumn(table, used.lastTrade, request.dateFormat)
  const years = (await numberColumn(table, used.year, signal)).values
  const months = (await numberColumn(table, used.month, signal)).values
  let agree = 0
  let mislabelled = 0
  const differ: ExpiryDifference[] = []
  for (let row = 0; row < table.rows; row++) {
    const product = productAt(market, table, used.product, row)
    const month = years[row] * 100 + months[row]
    const rule = market.lastTradingDay(product, month)
    if (rule === days[row]) agree++
    else if (MONTHS_OFF.some((off) => isExpiryOf(market, product, addMonths(month, off), days[row]))) mislabelled++
    else {
      differ.push({
        line: table.lineOf(row),
        contract: market.contractCode(product, month),
        lastTradingDay: isoFromDay(days[row]),
        rule: isoFromDay(rule),
      })
    }
  }
  const taken = new Set(Object.values(used))
  return {
    datasets: [],
    ignoredColumns: headers.flatMap((column, i) => (taken.has(i) ? [] : [{ column, reason: 'is not compared' }])),
    missing: 0,
    expiries: { rows: table.rows, agree, mislabelled, differ },
  }
}

function isExpiryOf(market: Market, product: Product, month: ContractMonth, day: EpochDay): boolean {
  return market.lastTradingDay(product, month) === day
}

/** Reuters' roots beside the exchange's: LCO is ICE Brent. */
const OTHER_ROOTS: Readonly<Record<string, string>> = { LCO: 'BRN' }

function productAt(market: Market, table: SourceTable, column: number, row: number): Product {
  const root = table.text(column, row)
  try {
    return market.resolveProduct(OTHER_ROOTS[root] ?? root)
  } catch {
    throw refusal(
      'PRODUCT_UNKNOWN',
      `${table.file} ${table.where(row)}, column ${table.headers[column]}: ${shown(root)} is no known product`,
      'contango ticker list shows the products',
      { file: table.file, line: table.lineOf(row), column: table.headers[column], value: root.slice(0, 80) },
    )
  }
}
