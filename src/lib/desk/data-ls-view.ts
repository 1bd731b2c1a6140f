import type { Table } from '../cli/table.js'
import type { DataLsData } from '../documents/data-ls.js'
import { isoFromDay } from '../kernel/day.js'
import type { DatasetInfo } from '../store/types.js'

/** The catalogue as a document. */
export function dataLsData(datasets: readonly DatasetInfo[]): DataLsData {
  return {
    datasets: datasets.map(({ files, ...info }) => ({
      ...info,
      first: isoFromDay(info.first),
      last: isoFromDay(info.last),
      files: files.length,
    })),
  }
}

export function dataLsTable(datasets: readonly DatasetInfo[]): Table {
  return {
    length: datasets.length,
    columns: [
      { name: 'kind', kind: 'text', values: datasets.map((one) => one.kind) },
      { name: 'name', kind: 'text', values: datasets.map((one) => one.name) },
      { name: 'source', kind: 'text', values: datasets.map((one) => one.source) },
      { name: 'simulated', kind: 'boolean', values: datasets.map((one) => one.simulated) },
      { name: 'unit', kind: 'text', values: datasets.map((one) => one.unit) },
      { name: 'rows', kind: 'integer', values: datasets.map((one) => one.rows) },
      { name: 'first', kind: 'date', values: datasets.map((one) => one.first) },
      { name: 'last', kind: 'date', values: datasets.map((one) => one.last) },
      { name: 'sha256', kind: 'text', values: datasets.map((one) => one.sha256) },
      { name: 'path', kind: 'text', values: datasets.map((one) => one.path) },
      { name: 'files', kind: 'integer', values: datasets.map((one) => one.files.length) },
    ],
  }
}

/** On a terminal the fingerprint is cut short and the path, which follows from the first three columns, left out. */
export function dataLsView(datasets: readonly DatasetInfo[]): Table {
  const table = dataLsTable(datasets)
  return {
    length: table.length,
    columns: table.columns
      .filter(({ name }) => name !== 'path' && name !== 'files')
      .map((column) =>
        column.name === 'sha256' && column.kind === 'text'
          ? { ...column, values: column.values.map((value) => value?.slice(0, 12) ?? null) }
          : column,
      ),
  }
}
