import type { Column, Table } from '../cli/table.js'
import type { DatasetColumns } from '../market/dataset.js'
import type { Market } from '../market/market.js'
import { lakeColumns, type LakeColumn } from '../store/layout.js'

/** The columns of a lake file as columns of an answer, under the names that they have in the file. */
export function datasetTable(market: Market, columns: DatasetColumns): Table {
  const stored = lakeColumns(columns)
  const answer = stored.map(answerColumn)
  if (columns.kind === 'curves') answer.splice(1, 0, contractColumn(market, columns.product, columns.month))
  return { length: stored[0].values.length, columns: answer }
}

function answerColumn({ name, type, values }: LakeColumn): Column {
  if (type === 'timestamp') {
    return { name, kind: 'text', values: Array.from(values, (ms) => new Date(ms).toISOString()) }
  }
  if (name === 'stale') return { name, kind: 'boolean', values: Array.from(values, (mark) => mark === 1) }
  if (type === 'date') return { name, kind: 'date', values }
  if (type === 'int32') return { name, kind: 'integer', values }
  return { name, kind: 'number', values }
}

function contractColumn(market: Market, product: Parameters<Market['contractCode']>[0], months: Int32Array): Column {
  const codes = new Map<number, string>()
  const codeOf = (month: number): string => {
    const code = codes.get(month) ?? market.contractCode(product, month)
    codes.set(month, code)
    return code
  }
  return { name: 'contract', kind: 'text', values: Array.from(months, codeOf) }
}
