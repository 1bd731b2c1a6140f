import type { Column, Table } from '../cli/table.js'
import type { DataExportData } from '../documents/data-export.js'
import { isoFromDay } from '../kernel/day.js'
import type { DatasetColumns } from '../market/dataset.js'
import type { DatasetInfo, Read } from '../store/types.js'

export interface ExportForm {
  readonly vintages: boolean
  /** Base name of the Parquet file that carries the values; null where the document does. */
  readonly file: string | null
}

/** The document of an export. */
export function exportData(
  info: DatasetInfo,
  { columns, provenance }: Read<DatasetColumns>,
  table: Table,
  { vintages, file }: ExportForm,
): DataExportData {
  return {
    kind: info.kind,
    name: info.name,
    source: info.source,
    simulated: provenance.simulated,
    unit: columns.unit,
    vintages,
    rows: table.length,
    first: provenance.first,
    last: provenance.last,
    sha256: provenance.sha256,
    file,
    columns: table.columns.map((column) => ({
      name: column.name,
      type: column.kind,
      values: file === null ? documentValues(column) : null,
    })),
  }
}

function documentValues(column: Column): (string | number | boolean | null)[] {
  return Array.from(column.values as ArrayLike<string | number | boolean | null>, (value) => {
    if (typeof value !== 'number') return value
    return Number.isNaN(value) ? null : column.kind === 'date' ? isoFromDay(value) : value
  })
}

const SHOWN_ROWS = 500

/** For a person: the contract's code says its month already, and nobody reads more than the last rows. */
export function exportView(table: Table): { table: Table; lines: string[] } {
  const from = Math.max(0, table.length - SHOWN_ROWS)
  const columns = table.columns
    .filter(({ name }) => name !== 'contract_month')
    .map((column) => ({ ...column, values: Array.prototype.slice.call(column.values, from) }) as Column)
  const left = from === 0 ? [] : [`… the last ${SHOWN_ROWS} of ${table.length} rows; -f csv or -o FILE gives all`]
  return { table: { length: table.length - from, columns }, lines: left }
}
