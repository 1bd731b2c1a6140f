import type { BarColumns } from '../../../market/dataset.js'
import type { Market, Product } from '../../../market/market.js'
import { seriesFactsOf } from '../../../market/publication.js'
import { checkedName, nameFromFile, stemOf } from '../dataset-name.js'
import { namedUnit, productUnit } from '../dataset-unit.js'
import { dayColumn } from '../day-column.js'
import { columnKey, columnOf } from '../detect-layout.js'
import type { ImportDesk, ParsedLayout } from '../import-request.js'
import { numberColumn } from '../number-column.js'
import { newTally, priceColumn, sayTally } from '../price-column.js'
import { refusal } from '../refusals.js'
import { ascendingOrder } from '../row-order.js'
import { sayUnsorted } from '../say-unsorted.js'
import type { SourceTable } from '../source-table.js'

/** Daily open, high, low, close: many tickers in one file (`ticker, date, open …`) or one without a ticker column. */
export async function readBars(desk: ImportDesk, table: SourceTable): Promise<ParsedLayout> {
  const { request, signal } = desk
  const { headers, file } = table
  const used = {
    date: columnOf(headers, 'date'),
    open: columnOf(headers, 'open'),
    high: columnOf(headers, 'high'),
    low: columnOf(headers, 'low'),
    close: columnOf(headers, 'close'),
    volume: columnOf(headers, 'volume'),
    openInterest: columnOf(headers, 'openInterest'),
    ticker: columnOf(headers, 'ticker'),
  }
  const groups = rowsByTicker(desk, table, used.ticker)
  const days = dayColumn(table, used.date, request.dateFormat)
  const tally = newTally()
  const price = {
    open: await priceColumn(desk, table, used.open, tally),
    high: await priceColumn(desk, table, used.high, tally),
    low: await priceColumn(desk, table, used.low, tally),
    close: await priceColumn(desk, table, used.close, tally),
  }
  const volume = used.volume < 0 ? null : (await numberColumn(table, used.volume, signal)).values
  const openInterest = used.openInterest < 0 ? null : (await numberColumn(table, used.openInterest, signal)).values
  const datasets: BarColumns[] = []
  for (const [symbol, { product, rows }] of groups) {
    const filled = rows.filter((row) => [price.open, price.high, price.low, price.close].some((v) => v[row] === v[row]))
    if (filled.length === 0) continue
    const sessionDay = Int32Array.from(filled, (row) => days[row])
    const order = ascendingOrder(sessionDay)
    const inOrder = order === null ? filled : Array.from(order, (i) => filled[i])
    if (groups.size === 1) sayUnsorted(desk, table, sessionDay, order)
    const { unit, scale } =
      product === null
        ? {
            unit: namedUnit(desk, file, symbol, seriesFactsOf(desk.publications, symbol)?.unit ?? null, null),
            scale: 1,
          }
        : productUnit(desk, file, product)
    const pick = (values: Float64Array | null): Float64Array =>
      Float64Array.from(inOrder, (row) => (values === null ? Number.NaN : values[row]))
    const scaled = (values: Float64Array): Float64Array =>
      scale === 1 ? pick(values) : pick(values).map((value) => value * scale)
    datasets.push({
      kind: 'bars',
      symbol,
      unit,
      sessionDay: Int32Array.from(inOrder, (row) => days[row]),
      open: scaled(price.open),
      high: scaled(price.high),
      low: scaled(price.low),
      close: scaled(price.close),
      volume: pick(volume),
      ...(openInterest === null ? {} : { openInterest: pick(openInterest) }),
    })
  }
  sayTally(desk, file, tally)
  const taken = new Set(Object.values(used))
  const ignoredColumns = headers.flatMap((column, i) => {
    if (taken.has(i)) return []
    return [{ column, reason: columnKey(column).startsWith('adj') ? 'adjusted prices are derived' : 'is not used' }]
  })
  return { datasets, ignoredColumns, missing: tally.missing }
}

interface Group {
  readonly product: Product | null
  readonly rows: number[]
}

/** Rows by the symbol under which the lake files them. */
function rowsByTicker(desk: ImportDesk, table: SourceTable, tickerColumn: number): Map<string, Group> {
  const { market, request } = desk
  const groups = new Map<string, Group>()
  const all = (): number[] => Array.from({ length: table.rows }, (_, row) => row)
  if (tickerColumn < 0) {
    const name = request.symbol ?? nameFromFile(desk, table.file) ?? productOfTicker(market, stemOf(table.file))
    if (name === null) throw symbolNeeded(table.file)
    const product = productOfTicker(market, name)
    groups.set(product ?? checkedName(table.file, name), { product, rows: all() })
    return groups
  }
  const symbols = new Map<string, Group>()
  for (let row = 0; row < table.rows; row++) {
    const ticker = table.text(tickerColumn, row)
    let group = symbols.get(ticker)
    if (!group) {
      const product = productOfTicker(market, ticker)
      const symbol = product ?? checkedName(table.file, ticker)
      group = groups.get(symbol) ?? { product, rows: [] }
      symbols.set(ticker, group)
      groups.set(symbol, group)
    }
    group.rows.push(row)
  }
  if (request.symbol === undefined) return groups
  if (groups.size > 1) throw symbolOfMany(table.file, request.symbol, [...groups.keys()])
  const product = productOfTicker(market, request.symbol)
  return new Map([[product ?? checkedName(table.file, request.symbol), { product, rows: all() }]])
}

/** `CL=F` as Yahoo writes it, `CL1 Comdty` as Bloomberg does, a bare root, or the name that a desk says. */
function productOfTicker(market: Market, ticker: string): Product | null {
  const found = market.products.find((product) => market.instrument(product).codes.yahoo === ticker.toUpperCase())
  if (found) return found
  try {
    return market.resolveProduct(ticker.replace(/1? comdty$/i, ''))
  } catch {
    return null
  }
}

function symbolNeeded(file: string): Error {
  return refusal(
    'SYMBOL_NEEDED',
    `${file} has bars and no ticker column: whose are they?`,
    `contango fetch csv ${file} --symbol CL`,
    { file },
  )
}

function symbolOfMany(file: string, symbol: string, found: readonly string[]): Error {
  return refusal(
    'SYMBOL_OF_MANY',
    `${file} holds ${found.length} symbols (${found.slice(0, 8).join(', ')}); --symbol ${symbol} cannot name them all`,
    'leave out --symbol',
    { file, symbol, found },
  )
}
